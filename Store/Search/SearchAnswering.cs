using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Search.Content;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Search;

/// <summary>Answers what is searched for, or says why not: what the endpoints that give pages have in common.</summary>
internal sealed class SearchAnswering(DatabaseState database, TimeProvider time, IOptions<SearchOptions> options, StoreMetrics metrics)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <param name="request">Null when there are <paramref name="errors"/>.</param>
    /// <param name="errors">Of the parameters.</param>
    /// <param name="q">The query as sent; empty where there is none.</param>
    /// <param name="search">Finds it.</param>
    /// <param name="answer">Of what was found.</param>
    /// <param name="logger">Of the endpoint.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IResult> AnswerAsync<TRequest, TFound>(
        TRequest? request, IReadOnlyList<QueryMessage> errors, string q, Func<TRequest, CancellationToken, Task<TFound>> search, Func<TFound, IResult> answer, ILogger logger, CancellationToken cancellationToken)
        where TRequest : class
    {
        if (request is null)
        {
            return SearchProblem.BadRequest(errors);
        }

        if (!database.IsMigrated)
        {
            return SearchProblem.NotReady();
        }

        var started = time.GetTimestamp();
        try
        {
            var found = await search(request, cancellationToken);
            metrics.Searched(time.GetElapsedTime(started), "found");
            return answer(found);
        }
        catch (PostgresException e) when (e.IsOutOfTime(cancellationToken))
        {
            metrics.Searched(time.GetElapsedTime(started), "stopped");
            logger.SearchStopped(options.Value.TimeoutSeconds);
            return SearchProblem.Stopped(q, options.Value.TimeoutSeconds);
        }
        catch (TooManyBodiesException)
        {
            metrics.Searched(time.GetElapsedTime(started), "stopped");
            logger.SearchStopped(options.Value.TimeoutSeconds);
            return SearchProblem.TooManyBodies(q);
        }
        catch (Exception e) when (e.IsDatabase())
        {
            metrics.Searched(time.GetElapsedTime(started), "unavailable");
            logger.SearchUnavailable(e.GetBaseException().Message);
            return SearchProblem.Unavailable();
        }
    }
}
