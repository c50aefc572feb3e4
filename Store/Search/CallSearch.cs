using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Search;

/// <summary>Runs a search: dictionary lookups, then both tables newest first, then the texts of the page.</summary>
internal sealed class CallSearch(NpgsqlDataSource database, CallItems items, IOptions<SearchOptions> options)
{
    /// <summary>Fails with <see cref="PostgresException"/> <c>query_canceled</c> when the database takes longer than <c>Search:TimeoutSeconds</c>.</summary>
    public async Task<CallPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var query = QueryCompiler.Compile(request.Query);
        var rows = await FindAsync(query, request, cancellationToken);
        var page = rows.Take(request.Limit).ToList();
        var next = rows.Count > request.Limit ? new SearchCursor(request.Fingerprint, request.Range, Position(page[^1])).ToString() : null;
        return new CallPage(await items.ReadAsync(page, cancellationToken), next);
    }

    /// <summary>Null when there is no such call.</summary>
    public async Task<Call?> FindAsync(CallId id, CancellationToken cancellationToken)
    {
        var where = Sql.Join("and",
        [
            Sql.Of("at >= ? and at < ?", id.HourStart.UtcDateTime, id.HourStart.UtcDateTime.AddHours(1)), Sql.Of("batch_id = ?", id.BatchId), Sql.Of("ord = ?", id.Ordinal),
        ]);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        return (await ReadRowsAsync(connection, transaction, where + " limit 1", lookups: [], cancellationToken)).FirstOrDefault();
    }

    private async Task<List<Call>> FindAsync(CompiledQuery query, SearchRequest request, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var where = new List<Sql> { Sql.Of("at >= ? and at <= ?", request.Range.From.UtcDateTime, request.Range.To.UtcDateTime) };
        if (request.After is { } after)
        {
            // The plain comparison prunes partitions, the row comparison does not.
            where.Add(Sql.Of("at <= ?", after.At));
            where.Add(Sql.Of("(at, batch_id, ord) < (?, ", after.At) + Sql.Of("?, ", after.BatchId) + Sql.Of("?)", after.Ord));
        }

        where.Add(query.Where);
        var ordered = Sql.Join("and", where) + Sql.Of(" order by at desc, batch_id desc, ord desc limit ?", request.Limit + 1);
        var rows = await ReadRowsAsync(connection, transaction, ordered, query.Lookups, cancellationToken);
        rows.Sort((a, b) => Position(b).CompareTo(Position(a)));
        return rows;
    }

    private async Task<List<Call>> ReadRowsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Sql tail, IReadOnlyList<DimLookup> lookups, CancellationToken cancellationToken)
    {
        await using (var first = new NpgsqlBatch(connection, transaction))
        {
            first.BatchCommands.Add(new NpgsqlBatchCommand(FormattableString.Invariant($"set local statement_timeout = '{options.Value.TimeoutSeconds}s'")));
            foreach (var lookup in lookups)
            {
                first.BatchCommands.Add(lookup.ToCommand());
            }

            await using var reader = await first.ExecuteReaderAsync(cancellationToken);
            foreach (var lookup in lookups)
            {
                await reader.ReadAsync(cancellationToken);
                lookup.Ids = reader.IsDBNull(0) ? [] : reader.GetFieldValue<int[]>(0);
                await reader.NextResultAsync(cancellationToken);
            }
        }

        var rows = new List<Call>();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add((new Sql($"select {CallColumns.All} from call where ", []) + tail).ToCommand());
        batch.BatchCommands.Add((new Sql($"select {CallColumns.All} from call_overflow where ", []) + tail).ToCommand());
        await using var result = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await result.ReadAsync(cancellationToken))
            {
                rows.Add(CallColumns.Read(result));
            }
        }
        while (await result.NextResultAsync(cancellationToken));
        return rows;
    }

    private static RowPosition Position(Call call) => new(call.At, call.BatchId, call.Ord);
}
