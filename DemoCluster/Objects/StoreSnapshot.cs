using System.Collections.Immutable;

namespace KubeLens.DemoCluster.Objects;

/// <summary>All objects of a resource as they were at one version, by <see cref="StoredObject.Key"/>.</summary>
internal readonly record struct StoreSnapshot(ImmutableSortedDictionary<string, StoredObject> Objects, long Version)
{
    public static readonly ImmutableSortedDictionary<string, StoredObject> Empty =
        ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);

    /// <param name="ns">Empty: all namespaces.</param>
    public IEnumerable<StoredObject> In(string ns) => ns.Length == 0 ? Objects.Values : Objects.Values.Where(value => value.Namespace == ns);
}
