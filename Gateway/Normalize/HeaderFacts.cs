using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Normalize;

/// <summary>Reads what redacted headers tell of a call. Names are in lower case.</summary>
internal static class HeaderFacts
{
    /// <summary>Of the words; a command is a few of them, the other values are UUIDs.</summary>
    private const int MaxLength = 256;

    public static CallProgram Program(IReadOnlyList<CallHeader> request)
    {
        string command = "", session = "";
        for (var i = 0; i < request.Count; i++)
        {
            switch (request[i].Name)
            {
                case "kubectl-command": command = First(request[i]); break;
                case "kubectl-session": session = First(request[i]); break;
            }
        }

        return command.Length + session.Length == 0 ? CallProgram.None : new CallProgram { Command = command, Session = session };
    }

    public static CallAdvice Advice(IReadOnlyList<CallHeader> response)
    {
        List<string>? warnings = null;
        string flow = "", level = "";
        for (var i = 0; i < response.Count; i++)
        {
            switch (response[i].Name)
            {
                case "x-kubernetes-pf-flowschema-uid": flow = First(response[i]); break;
                case "x-kubernetes-pf-prioritylevel-uid": level = First(response[i]); break;
                case "warning":
                    warnings ??= [];
                    foreach (var value in response[i].Values)
                    {
                        WarningHeader.Read(value, warnings);
                    }

                    break;
            }
        }

        return warnings is null && flow.Length + level.Length == 0 ? CallAdvice.None : new CallAdvice { Warnings = warnings ?? [], FlowSchema = flow, PriorityLevel = level };
    }

    private static string First(CallHeader header) =>
        header.Values is [var value, ..] ? value.Length <= MaxLength ? value : value[..MaxLength] : "";
}
