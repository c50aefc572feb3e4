using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Store;

/// <summary>What came of asking the Store; exactly one of the last three is set, by <paramref name="Outcome"/>.</summary>
internal sealed record StoreAnswer<T>(StoreOutcome Outcome, T? Value = null, QueryProblem? Problem = null, StoreFailure? Failure = null)
    where T : class;
