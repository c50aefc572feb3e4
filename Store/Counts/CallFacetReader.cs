using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Search;

namespace KubeLens.Store.Counts;

/// <summary>Answers facets. Those that count the same calls in the same way are counted together.</summary>
internal sealed class CallFacetReader(CallCounter counter, DimReader dims)
{
    public async Task<CallFacets> ReadAsync(FacetsRequest request, CancellationToken cancellationToken)
    {
        var walks = request.Fields
            .Select(field => (Field: field, Query: QueryFacet.Of(request.Query, field.Name)))
            .GroupBy(facet => (Query: facet.Query.Rest, Rollup: RollupCount.Of(facet.Query.Rest, QueryCompiler.Compile(facet.Query.Rest), new FacetTally([facet.Field]))?.Rollup))
            .Select(walk => (Query: walk.Key.Query, Tally: new FacetTally(walk.Select(facet => facet.Field)), Facets: walk.ToList()))
            .ToList();
        var counted = await counter.CountAsync(request.Range, [.. walks.Select(walk => (walk.Query, (ITally)walk.Tally))], cancellationToken);
        var known = await dims.ReadAsync(walks.SelectMany(walk => walk.Facets.SelectMany(facet => IdsOf(facet.Field, walk.Tally))).Distinct(), cancellationToken);
        var answers = walks.SelectMany((walk, i) => walk.Facets.Select(facet =>
            FacetValues.Of(facet.Field, facet.Query, walk.Tally.CountsOf(facet.Field), new FacetTexts(known, QueryExpander.AsksSubresource(walk.Query)), request.Top, counted[i].Quality)));
        return new CallFacets([.. answers.OrderBy(answer => request.Fields.TakeWhile(field => field.Name != answer.Field).Count())]);
    }

    private static IEnumerable<int> IdsOf(FacetField field, FacetTally tally) =>
        field.Columns.Contains(CountColumn.Status) ? [] : tally.CountsOf(field).Keys.SelectMany(key => key.Ids).Where(id => id > 0);
}
