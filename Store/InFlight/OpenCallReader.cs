using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;
using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.InFlight;

/// <summary>One open call in full, or where it is now that it has ended.</summary>
internal sealed class OpenCallReader(NpgsqlDataSource database, CallDetailsReader details, TimeProvider time)
{
    private const string RunningOutcome = "running";

    /// <summary>Null when nothing is known of it (any more).</summary>
    public async Task<CallDetails?> ReadAsync(OpenCallId id, CancellationToken cancellationToken)
    {
        var (open, stored, ended) = await FindAsync(id, cancellationToken);
        if (open is null || stored is null)
        {
            return ended is { } place ? await details.ReadAsync(place, cancellationToken) : null;
        }

        var call = await details.DescribeAsync(open.Row, stored, cancellationToken);
        return call with { Id = id.ToString(), InFlight = open.Running, Outcome = open.Running ? RunningOutcome : call.Outcome };
    }

    /// <summary>Whether it is open, and where it is if it has ended.</summary>
    public async Task<(bool IsOpen, CallId? Ended)> PlaceAsync(OpenCallId id, CancellationToken cancellationToken)
    {
        var (open, _, ended) = await FindAsync(id, cancellationToken);
        return (open is not null, ended);
    }

    private async Task<(OpenRow? Open, StoredCall? Stored, CallId? Ended)> FindAsync(OpenCallId id, CancellationToken cancellationToken)
    {
        var where = Sql.Of(" where boot = ?", id.Boot) + Sql.Of(" and sequence = ?", id.Sequence);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        // One snapshot each, in this order: what has ended between the two is found by the second.
        batch.BatchCommands.Add((new Sql($"select {CallColumns.All}, {OpenRow.Columns}, raw_length, record from ", []) + OpenTable.ForSearch(time.GetUtcNow().UtcDateTime) + where).ToCommand());
        batch.BatchCommands.Add((new Sql("select at, batch_id, ord from call_ended", []) + where).ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
        {
            var raw = PackCodec.Decompress(PackCodec.Brotli, reader.GetFieldValue<byte[]>(reader.GetOrdinal("record")), reader.GetInt32(reader.GetOrdinal("raw_length")));
            return (OpenRow.Read(reader), StoredCall.Parser.ParseFrom(raw), null);
        }

        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (null, null, CallId.Of(reader.GetDateTime(0), reader.GetInt64(1), reader.GetInt16(2)))
            : (null, null, null);
    }
}
