using System.Collections.Immutable;

namespace KubeLens.Portal.Search;

/// <summary>The fields that can be filtered by a click, and how they and their values are called.</summary>
internal static class FacetText
{
    private const string CoreGroup = ".core";
    private const string ServiceAccount = "system:serviceaccount:";

    /// <summary>Names in the query language, in the order in which they are shown.</summary>
    public static ImmutableArray<string> Fields { get; } = ["verb", "status", "resource", "ns", "user", "kind", "client", "cluster"];

    public static string LabelOf(string field) => field switch
    {
        "ns" => "Namespace",
        "kind" => "Kind of user",
        _ => char.ToUpperInvariant(field[0]) + field[1..],
    };

    /// <summary>A value where there is little room: a service account is <c>sa:prod/ci</c>, since all of them begin with the same words.</summary>
    public static string Short(string field, string value)
        => field == "user" && value.StartsWith(ServiceAccount, StringComparison.Ordinal) ? $"sa:{value[ServiceAccount.Length..].Replace(':', '/')}" : Of(field, value);

    /// <summary>A value as people write it: <c>pods.core/exec</c> is <c>pods/exec</c>.</summary>
    public static string Of(string field, string value)
    {
        if (field != "resource")
        {
            return value;
        }

        var slash = value.IndexOf('/', StringComparison.Ordinal);
        var (resource, sub) = slash < 0 ? (value, "") : (value[..slash], value[slash..]);
        return (resource.EndsWith(CoreGroup, StringComparison.Ordinal) ? resource[..^CoreGroup.Length] : resource) + sub;
    }
}
