using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>
/// What no rule can keep out of the record, so that an absent record means something. It is decided when the call ends; a call
/// that was not forwarded has no rule and is always recorded.
/// </summary>
internal static class NeverLeftOut
{
    /// <summary>In a sentence, for people.</summary>
    public const string ByNone = "refused calls (401, 403) and those whose answer nobody waited for (499), what the gateway answers itself, calls in another's name (Impersonate-*), exec, attach, portforward and other upgrades";

    /// <inheritdoc cref="ByNone"/>
    public const string BySample = "whatever is no get or list, failed or broken off, long-running, or reads secrets";

    /// <summary>Whether a call is recorded in spite of <c>none</c>, as with <c>metadata</c>.</summary>
    public static bool InSpiteOfNone(CallExchange exchange, int status) =>
        status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status499ClientClosedRequest // who leaves in time would hide a refusal
        || exchange.AnsweredHere
        || exchange.IsUpgrade
        || exchange.Info.Subresource is "exec" or "attach" or "portforward"
        || exchange.Info.Kubelet?.Subresource == "proxy" // a kubelet's exec, attach, run
        || exchange.Context.Request.Headers.ContainsKey("Impersonate-User");

    /// <summary>Whether a call counts for <see cref="PolicyRuleOptions.Sample"/> at all.</summary>
    public static bool MayBeSampled(CallExchange exchange, CallOutcome outcome, int status) =>
        exchange.Info.Verb is "get" or "list"
        && HttpMethods.IsGet(exchange.Method)
        && outcome == CallOutcome.Completed
        && status < StatusCodes.Status400BadRequest
        && !exchange.Info.IsLongRunning
        && !exchange.Info.Resource.Equals("secrets", StringComparison.OrdinalIgnoreCase)
        && !InSpiteOfNone(exchange, status);
}
