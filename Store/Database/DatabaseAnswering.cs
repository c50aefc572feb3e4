namespace KubeLens.Store.Database;

/// <summary>Answers from the database, or says that it does not: what endpoints have in common that find nothing and keep something.</summary>
internal sealed class DatabaseAnswering(DatabaseState database, ILogger<DatabaseAnswering> logger)
{
    public async Task<IResult> AnswerAsync(Func<Task<IResult>> answer)
    {
        if (!database.IsMigrated)
        {
            return Results.Problem("The database is not ready yet.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            return await answer();
        }
        catch (Exception e) when (e.IsDatabase())
        {
            logger.DatabaseUnavailable(e.GetBaseException().Message);
            return Results.Problem("The database does not answer. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
