using System.Runtime.InteropServices;

namespace KubeLens.Store.Counts;

/// <summary>Counts of several facets over the same calls.</summary>
internal sealed class FacetTally : ITally
{
    private readonly IReadOnlyList<(FacetField Field, IReadOnlyList<int> Places, Dictionary<FacetKey, long> Counts)> _facets;

    public FacetTally(IEnumerable<FacetField> fields)
    {
        var wanted = fields.ToList();
        Columns = [.. wanted.SelectMany(field => field.Columns).Distinct()];
        _facets = [.. wanted.Select(field => (field, (IReadOnlyList<int>)[.. field.Columns.Select(column => Columns.ToList().IndexOf(column))], new Dictionary<FacetKey, long>()))];
    }

    public IReadOnlyList<CountColumn> Columns { get; }

    public TimeSpan Width => TimeSpan.Zero;

    public void Add(DateTime at, ReadOnlySpan<long> values, long calls)
    {
        foreach (var (_, places, counts) in _facets)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, new FacetKey(values[places[0]], places.Count > 1 ? values[places[1]] : 0), out _) += calls;
        }
    }

    public IReadOnlyDictionary<FacetKey, long> CountsOf(FacetField field) => _facets.First(facet => facet.Field == field).Counts;
}
