using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Search;

namespace KubeLens.Store.Counts;

/// <summary>The texts that the values of facets are made of.</summary>
/// <param name="dims">By the ids in columns. An id that is not there has no text.</param>
/// <param name="subAsked">The query asks for subresources: then <c>resource:pods.core</c> leaves none out.</param>
internal sealed class FacetTexts(IReadOnlyDictionary<int, Dim> dims, bool subAsked)
{
    /// <summary>Places of the parts of a <see cref="DimKind.Resource"/>.</summary>
    public const int Group = 0, Subresource = 2;

    private const string Core = "core";

    public string Value(long id) => dims.TryGetValue((int)id, out var dim) ? dim.Value : "";

    /// <summary>Where the query language compares without case.</summary>
    public string Folded(long id) => TextMatch.Fold(Value(id));

    /// <summary>A part, without case; empty where there is none.</summary>
    public string Part(long id, int place) => dims.TryGetValue((int)id, out var dim) && dim.Parts.Length > place ? dim.Kind == DimKind.Resource ? TextMatch.Fold(dim.Parts[place]) : dim.Parts[place] : "";

    /// <summary><c>pods.core</c>, <c>deployments.apps/scale</c>; none where <c>resource:</c> would read that otherwise, null where there is no resource.</summary>
    public IReadOnlyList<string>? Resource(long id)
    {
        var (resource, group, sub) = (Folded(id), Part(id, Group), subAsked ? "" : Part(id, Subresource));
        if (resource.Length == 0)
        {
            return null;
        }

        var text = $"{resource}.{(group.Length > 0 ? group : Core)}{(sub.Length > 0 ? $"/{sub}" : "")}";
        return group != Core && ResourcePattern.TryParse(text, out var pattern) && pattern == new ResourcePattern(resource, group.Length > 0 ? group : Core, sub) ? [text] : [];
    }

    /// <summary>Whether <c>resource:</c> with that pattern finds it.</summary>
    public bool IsResource(long id, ResourcePattern pattern) =>
        Folded(id) == TextMatch.Fold(pattern.Resource)
        && (pattern.Group is not { } group || Part(id, Group) == (group == Core ? "" : TextMatch.Fold(group)))
        && ((subAsked && pattern.Subresource.Length == 0) || Part(id, Subresource) == TextMatch.Fold(pattern.Subresource));
}
