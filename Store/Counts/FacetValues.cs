using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;

namespace KubeLens.Store.Counts;

/// <summary>Counts by what calls have in columns become counts of values.</summary>
internal static class FacetValues
{
    /// <param name="field">Whose values.</param>
    /// <param name="query">What the query says of it.</param>
    /// <param name="counts">By key.</param>
    /// <param name="texts">Those of every key.</param>
    /// <param name="top">Most values, but for those that the query names.</param>
    /// <param name="quality">Of the counts.</param>
    public static CallFacet Of(FacetField field, QueryFacet query, IReadOnlyDictionary<FacetKey, long> counts, FacetTexts texts, int top, CountQuality quality)
    {
        var named = query.Included.Concat(query.Excluded).Distinct(StringComparer.Ordinal).ToList();
        var (sums, rest, absent) = (new Dictionary<string, long>(StringComparer.Ordinal), new List<(List<string> Values, long Calls)>(), 0L);
        foreach (var (key, calls) in counts.Where(count => count.Value != 0))
        {
            if (field.Texts(key, texts) is not { } own)
            {
                absent += calls;
                continue;
            }

            var values = own.Concat(named.Where(name => !own.Any(value => query.Same(value, name)) && field.Covers(name, key, texts))).ToList();
            values.ForEach(value => sums[value] = sums.GetValueOrDefault(value) + calls);
            rest.Add((values, calls));
        }

        var ordered = sums.OrderByDescending(sum => sum.Value).ThenBy(sum => sum.Key, StringComparer.Ordinal).ToList();
        bool IsNamed(string value) => named.Any(name => query.Same(value, name));
        var shown = ordered.Where(sum => IsNamed(sum.Key)).Concat(ordered.Take(top)).Select(sum => sum.Key).ToHashSet(StringComparer.Ordinal);
        return new CallFacet(
            field.Name,
            [.. ordered.Where(sum => shown.Contains(sum.Key)).Select(sum => new FacetValue(sum.Key, sum.Value))],
            rest.Where(call => !call.Values.Any(shown.Contains)).Sum(call => call.Calls),
            absent,
            quality);
    }
}
