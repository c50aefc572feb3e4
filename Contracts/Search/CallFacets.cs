namespace KubeLens.Contracts.Search;

/// <summary>How often each value of some fields occurs among the calls that a query finds.</summary>
/// <param name="Fields">In the order in which they were asked for.</param>
public sealed record CallFacets(IReadOnlyList<CallFacet> Fields);

/// <summary>The values of one field. The query's own terms on the field are left out: its other values are what one could choose instead.</summary>
/// <param name="Field">Its name in the query language.</param>
/// <param name="Values">The most frequent first. Values that the query itself names are among them, however rare, if any call has them.</param>
/// <param name="Others">Calls with a value that is not in <paramref name="Values"/>.</param>
/// <param name="Absent">Calls without a value.</param>
/// <param name="Quality">Of all these counts.</param>
public sealed record CallFacet(string Field, IReadOnlyList<FacetValue> Values, long Others, long Absent, CountQuality Quality);

/// <summary>One value.</summary>
/// <param name="Value">As the query language names it: <c>field:value</c> finds just these calls.</param>
/// <param name="Calls">How many ended calls have it.</param>
public sealed record FacetValue(string Value, long Calls);
