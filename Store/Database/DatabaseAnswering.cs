namespace KubeLens.Store.Database;

/// <summary>Answers from the database, or says that it does not: what endpoints have in common that do not search.</summary>
internal sealed class DatabaseAnswering(DatabaseState database, ILogger<DatabaseAnswering> logger)
{
    public async Task<IResult> AnswerAsync(Func<Task<IResult>> answer)
    {
        if (!database.IsMigrated)
        {
            return Later(TryLater.NotReady);
        }

        try
        {
            return await answer();
        }
        catch (Exception e) when (e.IsDatabase())
        {
            logger.DatabaseUnavailable(e.GetBaseException().Message);
            return Later(TryLater.Away);
        }
    }

    private static TryLater Later(string reason) => new(Results.Problem(reason, statusCode: StatusCodes.Status503ServiceUnavailable));
}
