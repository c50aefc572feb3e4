using System.Collections.Immutable;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Rollups;
using static KubeLens.Store.Counts.CountColumn;

namespace KubeLens.Store.Counts;

/// <summary>A field whose values are counted.</summary>
/// <param name="Name">In the query language.</param>
/// <param name="Columns">Where its values are: one or two.</param>
/// <param name="Texts">The values of calls as the query language names them; none where it has no name for them, null where they have no value.</param>
internal sealed record FacetField(string Name, ImmutableArray<CountColumn> Columns, Func<FacetKey, FacetTexts, IReadOnlyList<string>?> Texts)
{
    public static readonly IReadOnlyList<FacetField> All =
    [
        Folded("verb", Verb),
        new("class", [Verb, Resource], (key, texts) => ClassOf(texts.Folded(key.First), texts.Part(key.Second, FacetTexts.Subresource))),
        new("status", [Status], (key, _) => key.First switch
        {
            0 => ["none"],
            < 100 => [],
            var status => [FormattableString.Invariant($"{status}")],
        }),
        new("resource", [Resource], (key, texts) => texts.Resource(key.First)),
        Folded("ns", Namespace),
        Whole("user", User),
        new("kind", [Kind], (key, texts) => Some(UserKinds.Name(KindOf(key.First) ?? UserKinds.Of(texts.Value(key.First))))),
        new("client", [UserAgent, Options], (key, texts) => Several(ClientAgent.Read(texts.Value(key.First)).Name, texts.Part(key.Second, OptionParts.Command))),
        Whole("cluster", Cluster),
        Whole("gateway", Gateway),
    ];

    /// <summary>Whether a value that a query names, and that is none of <see cref="Texts"/>, finds such calls all the same: <c>4xx</c>, <c>pods</c>.</summary>
    public bool Covers(string named, FacetKey key, FacetTexts texts) => Name switch
    {
        "status" => StatusRange.TryParse(named, out var range) && key.First >= range.From && key.First <= range.To,
        "resource" => ResourcePattern.TryParse(named, out var pattern) && texts.IsResource(key.First, pattern),
        _ => false,
    };

    private static FacetField Whole(string name, CountColumn column) => new(name, [column], (key, texts) => Some(texts.Value(key.First)));

    private static FacetField Folded(string name, CountColumn column) => new(name, [column], (key, texts) => Some(texts.Folded(key.First)));

    private static IReadOnlyList<string>? Some(string text) => text.Length > 0 ? [text] : null;

    private static IReadOnlyList<string>? Several(params IEnumerable<string> texts) => texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } some ? some : null;

    private static IReadOnlyList<string>? ClassOf(string verb, string subresource) => VerbClasses.Of(verb, subresource) switch
    {
        VerbClass.Other => null,
        VerbClass.Read => ["read"],
        VerbClass.Write => ["write"],
        VerbClass.Delete => ["delete"],
        _ => ["interactive"],
    };
}
