using System.Text.RegularExpressions;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Traces;

/// <summary>Fills in the address at which a call's trace is shown: <c>http://127.0.0.1:16686/trace/{traceId}</c>.</summary>
internal static partial class TraceUrl
{
    private const string TraceId = "{traceId}", SpanId = "{spanId}";

    /// <summary>What is wrong with a template; null when nothing is.</summary>
    public static string? Problem(string template)
    {
        if (template.Length == 0)
        {
            return null;
        }

        if (Places().Matches(template).FirstOrDefault(place => place.Value is not (TraceId or SpanId)) is { } unknown)
        {
            return $"it may have {TraceId} and {SpanId} in it, and not {unknown.Value}.";
        }

        if (!template.Contains(TraceId, StringComparison.Ordinal))
        {
            return $"it has no {TraceId} in it, as http://127.0.0.1:16686/trace/{TraceId} has.";
        }

        return Uri.TryCreate(Places().Replace(template, "x"), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? null
            : $"give an http or https address, as http://127.0.0.1:16686/trace/{TraceId}.";
    }

    /// <summary>Null where the call is of no trace, or nothing shows traces.</summary>
    public static string? Of(string template, CallItem call) => template.Length > 0 && call.TraceId is { Length: > 0 } trace
        ? template.Replace(TraceId, trace, StringComparison.Ordinal).Replace(SpanId, call.SpanId, StringComparison.Ordinal)
        : null;

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Places();
}
