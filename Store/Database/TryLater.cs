namespace KubeLens.Store.Database;

/// <summary>Why something cannot be answered that may be otherwise in a moment: says when to come again.</summary>
internal sealed class TryLater(IResult problem) : IResult
{
    public const string NotReady = "The database is not ready yet.";
    public const string Away = "The database does not answer. Try again in a moment.";

    private const string Seconds = "5";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = Seconds;
        return problem.ExecuteAsync(httpContext);
    }
}
