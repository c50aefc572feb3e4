using System.Data;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.InFlight;
using KubeLens.Store.Objects;
using KubeLens.Store.Packing;
using KubeLens.Store.Search.Conditions;
using KubeLens.Store.Search.Content;
using KubeLens.Store.Sealing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Search;

/// <summary>Runs a search: dictionary lookups, then rows and sealed chunks newest first, then the texts of the page.</summary>
internal sealed class CallSearch(NpgsqlDataSource database, CallItems items, PackReader packs, TimeProvider time, IOptions<SearchOptions> options, ILoggerFactory loggers)
{
    /// <summary>Most calls that have not ended, on the first page.</summary>
    public const int MostOpen = 100;

    private TimeSpan PageTimeout => TimeSpan.FromSeconds(options.Value.TimeoutSeconds);

    /// <summary>Fails with <see cref="PostgresException"/> <c>query_canceled</c> when the database takes longer than <c>Search:TimeoutSeconds</c>.</summary>
    public async Task<CallPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var query = QueryCompiler.Compile(request.Query);
        if (query.AsksContent)
        {
            return await SearchContentAsync(query, request, cancellationToken);
        }

        var (open, more, rows) = await FindAsync(query, query, request, request.Limit + 1, cancellationToken);
        var page = rows.Take(request.Limit).ToList();
        return await ShowAsync(request, open, more, page, rows.Count > request.Limit ? RowPosition.Of(page[^1]) : null, isWhole: true, cancellationToken);
    }

    // What is found before there is no more to spend is the page. Whether there is one call more is known only from looking for it.
    private async Task<CallPage> SearchContentAsync(CompiledQuery query, SearchRequest request, CancellationToken cancellationToken)
    {
        var (open, more) = (new List<OpenRow>(), 0);
        var found = await Content(query, ContentBudget.Of(options.Value, time)).FindAsync(request with { Limit = request.Limit + 1 }, ReadAsync, cancellationToken);
        var page = found.Rows.Take(request.Limit).ToList();
        return await ShowAsync(request, open, more, page, found.Rows.Count > request.Limit ? RowPosition.Of(page[^1]) : found.Rest, isWhole: found.Rest is null || found.Rows.Count > request.Limit, cancellationToken);

        async Task<IReadOnlyList<Call>> ReadAsync(SearchRequest slice, CancellationToken cancellation)
        {
            if (slice.After is not null)
            {
                return await ReadSliceAsync(query, slice, PageTimeout, cancellation);
            }

            (open, more, var rows) = await FindAsync(query.AtMost(), query.WithoutContent(), slice, slice.Limit, cancellation);
            return rows;
        }
    }

    private async Task<CallPage> ShowAsync(SearchRequest request, List<OpenRow> open, int more, List<Call> page, RowPosition? rest, bool isWhole, CancellationToken cancellationToken)
    {
        var next = rest is { } position ? new SearchCursor(request.Fingerprint, request.Range, position).ToString() : null;
        var shown = await items.ReadAsync([.. open.Select(call => call.Row), .. page], cancellationToken);
        return new CallPage([.. shown.Select((item, i) => i < open.Count ? open[i].Show(item) : item)], next, more, isWhole ? null : rest?.At);
    }

    /// <summary>Null when there is no such call.</summary>
    public async Task<Call?> FindAsync(CallId id, CancellationToken cancellationToken)
    {
        var hour = new TimeRange(id.HourStart.UtcDateTime, id.HourStart.UtcDateTime.AddHours(1));
        var request = new SearchRequest(new AllNode(), hour, Limit: 1, After: null, Fingerprint: 0);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return (await ReadRowsAsync(connection, transaction, request, new CompiledQuery(new PlaceIs(id), []), limit: 1, PageTimeout, cancellationToken)).FirstOrDefault();
    }

    /// <summary>The rows of a page that have ended, in the order of the search and at most its limit: fewer than that are the last.</summary>
    /// <param name="timeout">How long the database may work on it; fails then as <see cref="SearchAsync"/> does, or with <see cref="TooManyBodiesException"/>.</param>
    public async Task<IReadOnlyList<Call>> FindEndedAsync(SearchRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var found = await FindPartAsync(request, timeout, ContentBudget.Of(options.Value, time, timeout), cancellationToken);
        return found.Rest is null || found.Rows.Count == request.Limit ? found.Rows : throw new TooManyBodiesException();
    }

    /// <summary>The next rows that have ended, in the order of the search and at most its limit.</summary>
    /// <param name="timeout">How long the database may work on a statement; fails then as <see cref="SearchAsync"/> does.</param>
    /// <param name="budget">How much of bodies is looked into, where the query asks for them.</param>
    public async Task<FoundCalls> FindPartAsync(SearchRequest request, TimeSpan timeout, ContentBudget budget, CancellationToken cancellationToken)
    {
        var query = QueryCompiler.Compile(request.Query);
        if (query.AsksContent)
        {
            return await Content(query, budget).FindAsync(request, (slice, cancellation) => ReadSliceAsync(query, slice, timeout, cancellation), cancellationToken);
        }

        var rows = await ReadSliceAsync(query, request, timeout, cancellationToken);
        return new FoundCalls(rows, rows.Count == request.Limit ? RowPosition.Of(rows[^1]) : null);
    }

    private ContentSearch Content(CompiledQuery query, ContentBudget budget)
    {
        // Not what is left of the budget: a state that is not found for want of time would be a call that is not found.
        var changes = new ChangeReader(this, items, packs, () => PageTimeout, loggers.CreateLogger<ObjectFactsReader>());
        return new ContentSearch(new ContentJudge(packs, changes, loggers.CreateLogger<ContentJudge>()), query, budget);
    }

    private async Task<IReadOnlyList<Call>> ReadSliceAsync(CompiledQuery query, SearchRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await ReadRowsAsync(connection, transaction, request, query.AtMost(), request.Limit, timeout, cancellationToken);
    }

    /// <summary>The calls that have not ended and ran at some time within the range, newest start first.</summary>
    /// <param name="timeout">How long the database may work on it; fails then as <see cref="SearchAsync"/> does.</param>
    public async Task<IReadOnlyList<OpenRow>> FindOpenAsync(QueryNode query, TimeRange range, int most, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var compiled = QueryCompiler.Compile(query).WithoutContent();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await SearchStart.ReadAsync(connection, compiled.Lookups, timeout, cancellationToken);
        return (await FindOpenAsync(connection, transaction, compiled, range, most, cancellationToken)).Open;
    }

    private async Task<(List<OpenRow> Open, int More, List<Call> Rows)> FindAsync(CompiledQuery query, CompiledQuery openQuery, SearchRequest request, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);

        // One snapshot: a call that ends meanwhile is on the page as running or as ended, and not as both or neither.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var rows = await ReadRowsAsync(connection, transaction, request, query, limit, PageTimeout, cancellationToken);
        var (open, more) = request.After is null ? await FindOpenAsync(connection, transaction, openQuery, request.Range, MostOpen, cancellationToken) : ([], 0);
        return (open, more, rows);
    }

    /// <param name="query">What to find.</param>
    /// <param name="request">Where.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="hidden">Hours that are sealed, whose rows are still there for searches that began before.</param>
    private static Sql PageOf(CompiledQuery query, SearchRequest request, int limit, IEnumerable<DateTime> hidden)
    {
        var where = new List<Sql> { Sql.Of("at >= ? and at <= ?", request.Range.From.UtcDateTime, request.Range.To.UtcDateTime) };
        if (request.After is { } after)
        {
            // The plain comparison prunes partitions, the row comparison does not.
            where.Add(Sql.Of("at <= ?", after.At));
            where.Add(Sql.Of("(at, batch_id, ord) < (?, ", after.At) + Sql.Of("?, ", after.BatchId) + Sql.Of("?)", after.Ord));
        }

        if (request.Batches is { } batches)
        {
            where.Add(Sql.Of<long[]>("batch_id = any(?)", [.. batches]));
        }

        where.Add(query.Where);
        where.AddRange(SearchStart.Without(hidden));
        return Sql.Join("and", where) + Sql.Of(" order by at desc, batch_id desc, ord desc limit ?", limit);
    }

    // Those that ran at some time within the range. The lookups have their answers by now.
    private async Task<(List<OpenRow> Open, int More)> FindOpenAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CompiledQuery query, TimeRange range, int most, CancellationToken cancellationToken)
    {
        var where = Sql.Join("and", [Sql.Of("at >= ?", range.From.UtcDateTime), Sql.Of("started_at <= ?", range.To.UtcDateTime), query.Where]);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add((new Sql($"select {CallColumns.All}, {OpenRow.Columns}, count(*) over () as matches from ", []) + OpenTable.ForSearch(time.GetUtcNow().UtcDateTime) + " where " + where
            + Sql.Of(" order by started_at desc, sequence desc limit ?", most)).ToCommand());
        var (open, matches) = (new List<OpenRow>(), 0L);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            open.Add(OpenRow.Read(reader));
            matches = reader.GetInt64(reader.GetOrdinal("matches"));
        }

        return (open, (int)matches - open.Count);
    }

    // Rows of hours that are not sealed, and those that came late for one; then the sealed ones, as far as there is room for them.
    private async Task<List<Call>> ReadRowsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, SearchRequest request, CompiledQuery query, int limit, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The database ends a statement that takes too long; the driver, which waits 30 s unless told, is there for one that does not answer at all.
        var started = time.GetTimestamp();
        var silence = SearchStart.SilenceOf(timeout);
        var hidden = await SearchStart.ReadAsync(connection, query.Lookups, timeout, cancellationToken);
        var rows = new List<Call>();
        await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = silence };
        batch.BatchCommands.Add((new Sql($"select {CallColumns.All} from call where ", []) + PageOf(query, request, limit, hidden)).ToCommand());
        batch.BatchCommands.Add((new Sql($"select {CallColumns.All} from call_overflow where ", []) + PageOf(query, request, limit, [])).ToCommand());
        await using (var result = await batch.ExecuteReaderAsync(cancellationToken))
        {
            do
            {
                while (await result.ReadAsync(cancellationToken))
                {
                    rows.Add(CallColumns.Read(result));
                }
            }
            while (await result.NextResultAsync(cancellationToken));
        }

        rows.AddRange(await SealedSearch.FindAsync(connection, request, query.Condition, rows, limit, () => timeout - time.GetElapsedTime(started), cancellationToken));
        return [.. NewestFirst(rows).Take(limit)];
    }

    private static List<Call> NewestFirst(List<Call> rows)
    {
        rows.Sort((a, b) => RowPosition.Of(b).CompareTo(RowPosition.Of(a)));
        return rows;
    }
}
