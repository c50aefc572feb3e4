namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>
/// A set of field paths as a tree. A path's steps are written as managedFields writes them:
/// <c>f:NAME</c> a field, <c>k:{"name":"x"}</c> a list item by its keys, <c>v:"x"</c> a plain value.
/// Never changed once it is made.
/// </summary>
internal sealed class FieldSet
{
    public static readonly FieldSet Empty = new(false, []);

    private readonly SortedDictionary<string, FieldSet> _children;

    private FieldSet(bool member, SortedDictionary<string, FieldSet> children) => (IsMember, _children) = (member, children);

    /// <summary>Whether the path that ends here is in the set, apart from what lies below.</summary>
    public bool IsMember { get; }

    public bool IsEmpty => !IsMember && _children.Count == 0;

    public IReadOnlyDictionary<string, FieldSet> Children => _children;

    public FieldSet this[string step] => _children.GetValueOrDefault(step, Empty);

    /// <summary>Empty children are left out.</summary>
    public static FieldSet Of(bool member, IEnumerable<KeyValuePair<string, FieldSet>> children)
    {
        var kept = new SortedDictionary<string, FieldSet>(StringComparer.Ordinal);
        foreach (var (step, child) in children)
        {
            if (!child.IsEmpty)
            {
                kept[step] = kept.TryGetValue(step, out var twin) ? twin.Union(child) : child;
            }
        }

        return new FieldSet(member, kept);
    }

    public static FieldSet Leaf { get; } = new(true, []);

    public FieldSet Union(FieldSet other) => Of(IsMember || other.IsMember, _children.Concat(other._children));

    public FieldSet Except(FieldSet other)
        => Of(IsMember && !other.IsMember, _children.Select(child => KeyValuePair.Create(child.Key, child.Value.Except(other[child.Key]))));

    /// <summary>Without these paths and everything below them.</summary>
    public FieldSet Without(FieldSet paths) => paths.IsMember
        ? Empty
        : Of(IsMember, _children.Select(child => KeyValuePair.Create(child.Key, child.Value.Without(paths[child.Key]))));

    public bool SameAs(FieldSet other) => IsMember == other.IsMember && _children.Count == other._children.Count
        && _children.All(child => other._children.TryGetValue(child.Key, out var twin) && child.Value.SameAs(twin));
}
