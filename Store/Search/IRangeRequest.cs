using KubeLens.Contracts.Query;

namespace KubeLens.Store.Search;

/// <summary>Calls that are asked about.</summary>
internal interface IRangeRequest
{
    QueryNode Query { get; }

    /// <summary>When they completed.</summary>
    TimeRange Range { get; }
}
