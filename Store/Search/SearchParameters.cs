using KubeLens.Contracts.Query;

namespace KubeLens.Store.Search;

/// <summary>What an endpoint has of the parameters that <see cref="SearchRequestReader"/> reads.</summary>
/// <param name="Names">The parameters that there are; of a name that the reader does not know it checks no more than that it is given once.</param>
internal sealed record SearchParameters(IReadOnlyList<string> Names)
{
    public int MaxLimit { get; init; } = SearchRequestReader.MaxLimit;

    /// <summary>What an absent <c>from</c> means.</summary>
    public string DefaultFrom { get; init; } = TimeRange.DefaultFrom;

    /// <summary>What else tells searches apart; a cursor belongs to one.</summary>
    public string About { get; init; } = "";
}
