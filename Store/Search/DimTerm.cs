using KubeLens.Store.Database;

namespace KubeLens.Store.Search;

/// <summary>A condition on the entries of one dictionary, or its opposite.</summary>
internal sealed record DimTerm(DimKind Kind, Sql Condition, bool Negated = false)
{
    public Sql Whole => Negated ? Condition.Not() : Condition;

    /// <summary>
    /// One term on their dictionary. A row that is older than its column has no entry there, so it is found by whatever is negated:
    /// the joined term is a negation where such a row is to be found.
    /// </summary>
    /// <param name="with"><c>and</c> or <c>or</c>.</param>
    public static DimTerm Join(string with, IReadOnlyList<DimTerm> terms)
    {
        if (terms.Count == 1)
        {
            return terms[0];
        }

        var whole = Sql.Join(with, [.. terms.Select(term => term.Whole)]);
        return (with == "and" ? terms.All(term => term.Negated) : terms.Any(term => term.Negated))
            ? new DimTerm(terms[0].Kind, whole.Not(), Negated: true)
            : new DimTerm(terms[0].Kind, whole);
    }
}

/// <summary>Which column of a call holds the ids of a dictionary.</summary>
internal static class DimColumns
{
    /// <summary>Most rows have no entry there, and null instead of its id.</summary>
    public static bool MayBeNull(DimKind kind) => kind is DimKind.Options or DimKind.Warnings or DimKind.Decision;

    public static string Of(DimKind kind) => kind switch
    {
        DimKind.User => "user_id",
        DimKind.UserAgent => "user_agent_id",
        DimKind.Address => "address_id",
        DimKind.Namespace => "namespace_id",
        DimKind.Resource => "resource_id",
        DimKind.Verb => "verb_id",
        DimKind.Cluster => "cluster_id",
        DimKind.Caller => "caller_id",
        DimKind.Gateway => "gateway_id",
        DimKind.Method => "method_id",
        DimKind.Reason => "reason_id",
        DimKind.ImpersonatedUser => "impersonated_user_id",
        DimKind.ClientTls => "client_tls_id",
        DimKind.Peer => "peer_id",
        DimKind.Workload => "workload_id",
        DimKind.Options => "options_id",
        DimKind.Warnings => "warnings_id",
        DimKind.Decision => "decision_id",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No column holds this dictionary."),
    };
}
