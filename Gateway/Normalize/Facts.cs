using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Normalize;

/// <summary>What only the bodies tell of a call. Absent text is empty, never null.</summary>
/// <param name="Name">Of the object: the request's, for <c>generateName</c> the response's.</param>
/// <param name="Namespace">Of the object.</param>
/// <param name="Reason">Of a <c>Status</c> answer.</param>
/// <param name="Object">What else is told of the object.</param>
/// <param name="Options">Those of the target, and of a <c>DeleteOptions</c> body.</param>
/// <param name="Listing">What is told of a list.</param>
internal sealed record Facts(string Name, string Namespace, string Reason, CallObject Object, CallOptions Options, CallListing Listing)
{
    public static Facts None { get; } = new("", "", "", CallObject.None, CallOptions.None, CallListing.None);
}
