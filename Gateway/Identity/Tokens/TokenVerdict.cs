namespace KubeLens.Gateway.Identity.Tokens;

/// <param name="Caller">Null for a token that does not count.</param>
/// <param name="Problem">Why it does not: a sentence for the caller.</param>
/// <param name="Expires">When the token says that it ends; null when it says nothing.</param>
internal sealed record TokenVerdict(Caller? Caller, string Problem, DateTimeOffset? Expires)
{
    /// <summary>Accepts unless something in the caller cannot be passed on.</summary>
    public static TokenVerdict Accept(Caller caller, DateTimeOffset? expires) => caller.Problem() is { } problem ? Refuse(problem) : new(caller, "", expires);

    public static TokenVerdict Refuse(string problem) => new(null, problem, null);
}
