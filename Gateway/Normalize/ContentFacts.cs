using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Normalize;

/// <summary>Reads from redacted bodies what the target does not say: a created object's name, a <c>Status</c>'s reason.</summary>
internal static class ContentFacts
{
    /// <param name="info">What the target says; it wins.</param>
    /// <param name="options">What the target asked for.</param>
    /// <param name="method">As sent.</param>
    /// <param name="status">0 when no response began.</param>
    /// <param name="request">Of the redacted body, as <c>RedactedBody</c> has it, also of one that is not kept; empty where nothing is known.</param>
    /// <param name="response">As <paramref name="request"/>.</param>
    public static Facts Read(RequestInfo info, CallOptions options, string method, int status, in ObjectHead request, in ObjectHead response)
    {
        var hasDeleteOptions = method == "DELETE" || request.Kind is "DeleteOptions" or "Eviction";
        var asked = hasDeleteOptions && (request.DryRun || request.Propagation is not null)
            ? options with { DryRun = options.DryRun || request.DryRun, Propagation = request.Propagation ?? options.Propagation }
            : options;
        var succeeded = status is >= 200 and < 300;
        var answered = !response.IsStatus && succeeded;
        if (info.Verb is "list" or "watch" or "deletecollection" && succeeded)
        {
            return Facts.None with
            {
                Name = info.Name,
                Namespace = info.Namespace,
                Object = answered && IsList(info, response) ? new CallObject { ResourceVersion = response.ResourceVersion ?? "" } : CallObject.None,
                Options = asked,
                Listing = answered && IsList(info, response) ? Listing(options, response) : CallListing.None,
            };
        }

        var creates = method == "POST";
        return new Facts(
            First(info.Name, creates ? request.Name : null, answered ? response.Name : null),
            First(info.Namespace, creates ? request.Namespace : null, answered ? response.Namespace : null),
            response.IsStatus ? response.Reason ?? "" : "",
            new CallObject
            {
                Uid = response.Uid ?? "",
                ResourceVersion = answered ? response.ResourceVersion ?? "" : "",
                ResourceVersionBefore = (hasDeleteOptions ? request.PreconditionVersion : null) ?? (method is "PUT" or "PATCH" ? request.ResourceVersion : null) ?? "",
                Generation = answered ? response.Generation : null,
                OwnerKind = answered ? response.OwnerKind ?? "" : "",
                OwnerName = answered ? response.OwnerName ?? "" : "",
                Message = response.IsStatus ? response.Message ?? "" : "",
            },
            asked,
            CallListing.None);
    }

    private static bool IsList(RequestInfo info, in ObjectHead response) =>
        info.Verb != "watch" && response.Kind is { } kind && (kind == "Table" || kind.EndsWith("List", StringComparison.Ordinal));

    private static CallListing Listing(CallOptions options, in ObjectHead response) => new()
    {
        Part = options.Continued || response.Continues || response.RemainingItems > 0 ? CallListingPart.Page
            : response.HasMetadata ? CallListingPart.Whole
            : CallListingPart.Unknown,
        Items = response.Items,
        RemainingItems = response.RemainingItems,
        Continues = response.Continues,
    };

    private static string First(string first, string? second, string? third) =>
        first.Length > 0 ? first : !string.IsNullOrEmpty(second) ? second : third ?? "";
}
