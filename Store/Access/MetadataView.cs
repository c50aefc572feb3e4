using System.Collections.Frozen;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Access;

/// <summary>
/// What a viewer sees of what an auditor sees: all that the query language names, and how a call travelled; nothing of what was sent and
/// answered beyond that. Texts that may quote a body, as a <c>Status</c> message does, count as bodies.
/// </summary>
internal static class MetadataView
{
    // Said elsewhere in a call, or by every call alike. Whatever else a header holds, its name says enough.
    private static readonly FrozenSet<string> PlainHeaders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "accept", "accept-encoding", "audit-id", "cache-control", "connection", "content-encoding", "content-length", "content-type", "date", "kubectl-command", "kubectl-session", "retry-after",
        "transfer-encoding", "upgrade", "user-agent", "warning", "x-kubernetes-pf-flowschema-uid", "x-kubernetes-pf-prioritylevel-uid");

    /// <summary>The call without them; <see cref="CallDetails.Withheld"/> names what is not there.</summary>
    public static CallDetails Of(CallDetails call)
    {
        var (request, response, session) = (Of(call.RequestBody), Of(call.ResponseBody), call.Session is { } known ? known with { Failure = "" } : null);
        return call with
        {
            Message = "",
            Session = session,
            RequestHeaders = Of(call.RequestHeaders),
            ResponseHeaders = Of(call.ResponseHeaders),
            RequestBody = request,
            ResponseBody = response,
            Withheld =
            [
                .. If("message", call.Message.Length > 0),
                .. If("session.failure", call.Session?.Failure.Length > 0),
                .. If("requestHeaders", call.RequestHeaders.Any(IsWithheld)),
                .. If("responseHeaders", call.ResponseHeaders.Any(IsWithheld)),
                .. If("requestBody", request != call.RequestBody),
                .. If("responseBody", response != call.ResponseBody),
            ],
        };
    }

    /// <summary>The history without what changed.</summary>
    public static ObjectHistory Of(ObjectHistory history) => history with { Versions = [.. history.Versions.Select(Of)] };

    /// <summary>The change without what changed, and without the states around it.</summary>
    public static CallChange Of(CallChange change) => new(Of(change.Version), null, null);

    private static ObjectVersion Of(ObjectVersion version) => version with { HasState = false, Changes = [], IsWithheld = version.HasState || version.ChangeCount > 0 };

    private static HeaderItem[] Of(IReadOnlyList<HeaderItem> headers) => [.. headers.Select(header => IsWithheld(header) ? header with { Values = [] } : header)];

    // Why nothing was kept is no secret.
    private static BodyItem? Of(BodyItem? body) => body is { KeptBytes: > 0 } ? body with { Note = BodyItem.NotPermitted, RedactedValues = 0, Text = "" } : body;

    private static bool IsWithheld(HeaderItem header) => !PlainHeaders.Contains(header.Name);

    private static string[] If(string name, bool isWithheld) => isWithheld ? [name] : [];
}
