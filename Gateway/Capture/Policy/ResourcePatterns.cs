using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>The <c>Resources</c> of a rule: <c>pods</c>, <c>pods/exec</c>, <c>*/status</c>, <c>*</c>.</summary>
internal sealed class ResourcePatterns(IEnumerable<string> entries)
{
    private readonly (string Resource, string? Subresource)[] _entries = [.. entries.Select(Split)];

    public bool IsEmpty => _entries.Length == 0;

    public bool Match(RequestInfo info)
    {
        foreach (var (resource, subresource) in _entries)
        {
            if (Wildcard.Matches(resource, info.Resource) && HasSubresource(subresource, info.Subresource))
            {
                return true;
            }
        }

        return IsEmpty;
    }

    // null: any or none; empty: none.
    private static bool HasSubresource(string? pattern, string subresource) => pattern switch
    {
        null => true,
        "" => subresource.Length == 0,
        _ => subresource.Length > 0 && Wildcard.Matches(pattern, subresource),
    };

    private static (string Resource, string? Subresource) Split(string entry) => entry.Split('/', 2) switch
    {
        [var resource, var subresource] => (resource, subresource),
        ["*"] => ("*", null),
        [var resource] => (resource, ""),
        _ => ("", ""),
    };
}
