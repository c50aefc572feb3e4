using System.Globalization;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Export.Audit;

/// <summary>What is known of a call beyond what an audit event has fields for. <c>docs/export.md</c> lists them.</summary>
internal static class AuditAnnotations
{
    /// <summary>Those that are empty are not written.</summary>
    public static IEnumerable<(string Name, string Value)> Of(CallDetails call) =>
    [
        ("kubelens.call", call.Id),
        ("kubelens.cluster", call.Cluster),
        ("kubelens.gateway", call.Gateway),
        ("kubelens.caller", call.Caller),
        ("kubelens.user-source", call.UserSource),
        ("kubelens.client-audit-id", call.ClientAuditId),
        ("kubelens.outcome", call.Outcome),
        ("kubelens.resource-version", call.Object.ResourceVersion),
        ("kubelens.request-body", Note(call.RequestBody)),
        ("kubelens.response-body", Note(call.ResponseBody)),
        ("kubelens.redacted-values", Count((call.RequestBody?.RedactedValues ?? 0) + (call.ResponseBody?.RedactedValues ?? 0))),
        ("kubelens.pod", call.Pod),
        ("kubelens.node", call.Node),
        ("kubelens.trace", call.TraceId ?? ""),
        ("kubelens.span", call.SpanId ?? ""),
    ];

    private static string Note(BodyItem? body) => body is null or { Note: "whole" } ? "" : body.Note;

    private static string Count(int values) => values > 0 ? values.ToString(CultureInfo.InvariantCulture) : "";
}
