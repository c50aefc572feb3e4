using KubeLens.Contracts.Query;
using KubeLens.Store.Search;

namespace KubeLens.Store.Counts;

/// <param name="Query">Which calls.</param>
/// <param name="Range">When they completed.</param>
/// <param name="Buckets">Most of them.</param>
internal sealed record HistogramRequest(QueryNode Query, TimeRange Range, int Buckets) : IRangeRequest;

/// <param name="Query">Which calls.</param>
/// <param name="Range">When they completed.</param>
/// <param name="Fields">Each once.</param>
/// <param name="Top">Most values of each.</param>
internal sealed record FacetsRequest(QueryNode Query, TimeRange Range, IReadOnlyList<FacetField> Fields, int Top) : IRangeRequest;
