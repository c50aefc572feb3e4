namespace KubeLens.Gateway.Normalize;

/// <summary>Reads from redacted bodies what the target does not say: a created object's name, a <c>Status</c>'s reason.</summary>
internal static class ContentFacts
{
    /// <param name="info">What the target says; it wins.</param>
    /// <param name="method">As sent.</param>
    /// <param name="status">0 when no response began.</param>
    /// <param name="request">Of the redacted body, as <c>RedactedBody</c> has it, also of one that is not kept; empty where nothing is known.</param>
    /// <param name="response">As <paramref name="request"/>.</param>
    public static Facts Read(RequestInfo info, string method, int status, in ObjectHead request, in ObjectHead response)
    {
        if (info.Verb is "list" or "watch" or "deletecollection" && status is >= 200 and < 300)
        {
            return Facts.None with { Name = info.Name, Namespace = info.Namespace };
        }

        var answered = !response.IsStatus && status is >= 200 and < 300;
        var creates = method == "POST";
        return new Facts(
            First(info.Name, creates ? request.Name : null, answered ? response.Name : null),
            First(info.Namespace, creates ? request.Namespace : null, answered ? response.Namespace : null),
            response.Uid ?? "",
            answered ? response.ResourceVersion ?? "" : "",
            response.IsStatus ? response.Reason ?? "" : "",
            response.IsStatus ? response.Message ?? "" : "");
    }

    private static string First(string first, string? second, string? third) =>
        first.Length > 0 ? first : !string.IsNullOrEmpty(second) ? second : third ?? "";
}
