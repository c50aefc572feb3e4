using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>What <c>is:</c> asks for, as far as the portal asks it by itself.</summary>
internal static class ScriptedFlags
{
    public static bool Is(CallDetails call, string flag) => flag switch
    {
        "system" => call.User.StartsWith("system:", StringComparison.Ordinal),
        "mutating" => call.Verb is "create" or "update" or "patch" or "delete" && call.Subresource is not ("exec" or "proxy"),
        "denied" => call.Status is 401 or 403,
        "secret" => call.Resource == "secrets",
        "deprecated" => call.Advice.Warnings.Any(warning => warning.Contains("deprecated", StringComparison.Ordinal)),
        "plaintext" => call.Connection.Upstream is { TlsVersion: "" },
        "unverified" => call.Connection.Upstream is { Trust: "unverified" },
        "bypass" or "conflict" => false,
        _ => throw new NotSupportedException($"No test searches by is:{flag} yet."),
    };
}
