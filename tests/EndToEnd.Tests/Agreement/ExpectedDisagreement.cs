using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.EndToEnd.Tests.Transparency;

namespace KubeLens.EndToEnd.Tests.Agreement;

/// <summary>Where a record is meant to say something else than the apiserver's log. One that no run shows is a mistake too.</summary>
/// <param name="Field">Which of the two differ.</param>
/// <param name="Applies">Of which calls.</param>
/// <param name="Reason">Why it has to be so.</param>
internal sealed record ExpectedDisagreement(string Field, Func<CallRecord, AuditEvent, bool> Applies, string Reason)
{
    /// <summary>The whole list.</summary>
    public static IReadOnlyList<ExpectedDisagreement> All { get; } =
    [
        new("name", (call, log) => call.Verb == "create" && log.Name.Length == 0 && call.Name.StartsWith("made-", StringComparison.Ordinal), "generateName: the log has the request's name, which is none; the record has the one that was made"),
        new("name", (call, log) => call is { Verb: "create", Status: 403 } && log.Name.Length == 0 && Sent(call).Contains(call.Name, StringComparison.Ordinal), "refused before its body was read: the log has no name; the record has the one that was sent"),
    ];

    private static string Sent(CallRecord call) => Encoding.UTF8.GetString(call.RequestBody.Content.Span);
}
