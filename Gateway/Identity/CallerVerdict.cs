namespace KubeLens.Gateway.Identity;

/// <summary>What became of a request's credentials.</summary>
/// <remarks>Sentences say "token" alone: a word after "Bearer" would be taken for one, and the record would not keep the reason.</remarks>
/// <param name="Caller">Null when it is nobody's call.</param>
/// <param name="Status">Of the answer to nobody: 401, or 503 when the cluster could not be asked.</param>
/// <param name="Problem">A sentence for the caller.</param>
internal readonly record struct CallerVerdict(Caller? Caller, int Status, string Problem)
{
    public static CallerVerdict Accept(Caller caller) => new(caller, StatusCodes.Status200OK, "");

    public static CallerVerdict Refuse(string problem) => new(null, StatusCodes.Status401Unauthorized, problem);

    public static CallerVerdict Unavailable(string problem) => new(null, StatusCodes.Status503ServiceUnavailable, problem);
}
