using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Redact.Rules;

/// <summary>A resource with or without its group, as kubectl writes it: <c>widgets.example.com</c>, <c>widgets</c>, <c>*.example.com</c>.</summary>
/// <param name="Resource">A pattern.</param>
/// <param name="Group">A pattern; null for any.</param>
internal readonly record struct GroupResource(string Resource, string? Group)
{
    public static GroupResource Of(string entry) => entry.Split('.', 2) is [var resource, var group] ? new(resource, group) : new(entry, null);

    /// <summary>Subresources included: <c>status</c> has the whole object.</summary>
    public bool Matches(RequestInfo info) =>
        info.IsResourceRequest && Wildcard.Matches(Resource, info.Resource) && (Group is null || Wildcard.Matches(Group, info.ApiGroup));
}
