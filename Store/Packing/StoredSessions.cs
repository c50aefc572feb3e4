using KubeLens.Contracts.Calls;

namespace KubeLens.Store.Packing;

/// <summary>An exec, attach or port-forward in the form in which it is stored.</summary>
internal static class StoredSessions
{
    /// <summary>Null for every other call.</summary>
    public static StoredSession? Of(CallSession session)
    {
        if (session.Kind.Length == 0)
        {
            return null;
        }

        var stored = new StoredSession
        {
            Kind = session.Kind,
            Command = { session.Command },
            Container = session.Container,
            IsTty = session.IsTty,
            Streams = { session.Streams },
            Ports = { session.Ports },
            Protocol = session.Protocol,
            Result = session.Result,
            Failure = session.Failure,
            InputBytes = session.InputBytes,
            OutputBytes = session.OutputBytes,
            ErrorBytes = session.ErrorBytes,
            Resizes = session.Resizes,
            Columns = session.Columns,
            Rows = session.Rows,
            Connections = session.Connections,
            Undecoded = session.Undecoded,
            Recorded = session.Recorded,
        };
        if (session.ExitCode is { } code)
        {
            stored.ExitCode = code;
        }

        return stored;
    }
}
