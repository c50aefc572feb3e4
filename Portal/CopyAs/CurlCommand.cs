using KubeLens.Contracts.Search;

namespace KubeLens.Portal.CopyAs;

/// <summary>The curl command that makes a call like this one. Server and token are variables of the shell: what was sent is not kept.</summary>
internal static class CurlCommand
{
    private static readonly string[] Passed = ["accept", "content-type", "impersonate-user", "impersonate-group"];

    public static string Of(CallDetails call)
    {
        List<string> words = ["curl", "--cacert ca.crt", "-H \"Authorization: Bearer $TOKEN\""];
        if (call.Method is not ("GET" or ""))
        {
            words.Add($"-X {ShellWords.Quote(call.Method)}");
        }

        foreach (var header in call.RequestHeaders.Where(header => Passed.Contains(header.Name)))
        {
            words.AddRange(header.Values.Select(value => $"-H {ShellWords.Quote($"{header.Name}: {value}")}"));
        }

        // What was kept of a body may be redacted or cut, so it is never sent as if it were whole.
        if (call.RequestBody is not null)
        {
            words.Add("--data-binary @body");
        }

        words.Add($"\"$SERVER\"{ShellWords.Quote(call.Path)}");
        return string.Join(" \\\n  ", words);
    }
}
