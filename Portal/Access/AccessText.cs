using KubeLens.Contracts.Access;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Access;

/// <summary>Tokens and records in the words people use.</summary>
internal static class AccessText
{
    /// <summary>What each role may, the least first.</summary>
    public static IReadOnlyList<(string Value, string Label)> Roles { get; } =
        [("viewer", "viewer: finds calls"), ("auditor", "auditor: reads bodies as well"), ("admin", "admin: manages access as well")];

    /// <summary>What was read.</summary>
    public static string Of(string action) => action switch
    {
        AccessActions.Bodies => "bodies of a call",
        AccessActions.Recording => "recording of a shell",
        AccessActions.Object => "object in an answer",
        AccessActions.Change => "what a call changed",
        AccessActions.History => "history of an object",
        AccessActions.Export => "export with bodies",
        AccessActions.Search => "search by bodies",
        _ => action,
    };

    /// <summary>How an export went: <c>ndjson, 1,204 calls, whole</c>; empty for all else.</summary>
    public static string EndOf(AccessRecordItem record) => string.Join(", ", new[]
    {
        record.Format,
        record.Calls is { } calls ? Show.Count(calls, "call", "calls") : "",
        record.Outcome switch
        {
            "clientLeft" => "left before its end",
            "cut" => "cut short",
            "" when record.Action == AccessActions.Export => "no end recorded",
            var outcome => outcome,
        },
    }.Where(part => part.Length > 0));

    /// <summary>The search that it was, where one can be run again.</summary>
    public static string? SearchOf(AccessRecordItem record) =>
        record.Action is AccessActions.Export or AccessActions.Search && record is { From: { } from, To: { } to } ? SearchUrl.Of(record.Subject, null, null, null, null).Between(from, to).ToString() : null;

    /// <summary>Whether a token opens anything, and how that looks.</summary>
    public static (string Text, string Css, string Glyph) StateOf(ApiTokenItem token, DateTimeOffset now) => token switch
    {
        { RevokedAt: not null } => ("revoked", "status-none", "○"),
        _ when token.ExpiresAt <= now => ("over", "status-none", "○"),
        _ => ("valid", "status-ok", "●"),
    };
}
