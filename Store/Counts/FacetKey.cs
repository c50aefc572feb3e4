namespace KubeLens.Store.Counts;

/// <summary>What calls have in the columns of a facet: the same values there, the same texts.</summary>
/// <param name="First">Of its first column.</param>
/// <param name="Second">Of its second; 0 where it has one only.</param>
internal readonly record struct FacetKey(long First, long Second)
{
    public IEnumerable<int> Ids => [(int)First, (int)Second];
}
