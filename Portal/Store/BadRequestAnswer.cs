using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Store;

/// <summary>An answer of the Store to what cannot be done as it is asked: with messages, as of a query, or with errors by field.</summary>
internal sealed record BadRequestAnswer(string? Type, string? Title, IReadOnlyList<QueryMessage>? Messages, IReadOnlyDictionary<string, string[]>? Errors)
{
    /// <summary>Null when it does not say what is wrong.</summary>
    public QueryProblem? ToProblem() => (Messages ?? Told()) is { } messages ? new QueryProblem(Type ?? "", Title ?? "", 400, messages) : null;

    private List<QueryMessage>? Told() => Errors?.SelectMany(wrong => wrong.Value.Select(text => new QueryMessage("", wrong.Key, 0, 1, text, ""))).ToList();
}
