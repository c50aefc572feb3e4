using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Conditions;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Audit;

/// <summary>Finds the stored calls that events may tell of, by their audit-ids.</summary>
internal sealed class AuditedCalls(NpgsqlDataSource database, CallItems items, AuditMatch match)
{
    // The gateway makes an id when a call begins: none that carries it can have ended much before.
    private static readonly TimeSpan MintMargin = TimeSpan.FromMinutes(1);

    // Of one audit-id there is one call, or a few where somebody uses it again.
    private const int MostOfOneId = 8;

    private static readonly TimeSpan SealedTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Every ended call with the audit-id of an event, made of an event or not, sealed or not, by audit-id.</summary>
    public async Task<ILookup<Guid, (Call Row, AuditedCall Call)>> FindAsync(IReadOnlyCollection<AuditEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Where(told => told.Id is not null).Select(told => told.Id!.Value).Distinct().ToArray();
        var rows = ids.Length == 0 ? [] : await ReadAsync(ids, events.Where(told => told.Id is not null).Min(Earliest), cancellationToken);
        var texts = await items.ReadTextsAsync(rows, cancellationToken);
        return rows.ToLookup(row => row.AuditId!.Value, row => (row, AuditedCall.Of(row, texts)));
    }

    /// <summary>Audit-ids of calls that run, or of lost gateways: their end may be still to come.</summary>
    public async Task<HashSet<Guid>> FindOpenAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select audit_id from call_open where audit_id = any($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        var open = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            open.Add(reader.GetGuid(0));
        }

        return open;
    }

    // Rows that are sealed may still be there for searches that began before.
    private async Task<List<Call>> ReadAsync(Guid[] ids, DateTime from, CancellationToken cancellationToken)
    {
        var rows = await ReadSealedAsync(ids, from, cancellationToken);
        var known = rows.Select(RowPosition.Of).ToHashSet();
        rows.AddRange((await ReadStoredAsync(ids, from, cancellationToken)).Where(row => !known.Contains(RowPosition.Of(row))));
        return rows;
    }

    private async Task<List<Call>> ReadSealedAsync(Guid[] ids, DateTime from, CancellationToken cancellationToken)
    {
        await using (var command = database.CreateCommand($"select exists (select from segment where state >= {(short)SegmentState.Sealed} and hour > $1)"))
        {
            // Nearly always: events come soon.
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from.AddHours(-1) });
            if (await command.ExecuteScalarAsync(cancellationToken) is false)
            {
                return [];
            }
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var condition = new Joined(IsAnd: false, [.. ids.Select(id => new IdIs("audit_id", id))]);
        var limit = ids.Length * MostOfOneId;
        return await SealedSearch.FindAsync(connection, new SearchRequest(new AllNode(), new TimeRange(from, DateTimeOffset.MaxValue), limit, null, 0), condition, [], limit, () => SealedTimeout, cancellationToken);
    }

    private async Task<List<Call>> ReadStoredAsync(Guid[] ids, DateTime from, CancellationToken cancellationToken)
    {
        var rows = new List<Call>();
        await using var command = database.CreateCommand($"select {CallColumns.All} from call where audit_id = any($1) and at >= $2 union all select {CallColumns.All} from call_overflow where audit_id = any($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(CallColumns.Read(reader));
        }

        return rows;
    }

    // Of a version 7 (RFC 9562) the time is in the id, so that a later use of it finds the call that had it first.
    private DateTime Earliest(AuditEvent told)
    {
        var received = told.ReceivedAt - match.Skew;
        var id = told.Id!.Value;
        if (id.Version != 7)
        {
            return received;
        }

        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (long)bytes[0] << 40 | (long)bytes[1] << 32 | (long)bytes[2] << 24 | (long)bytes[3] << 16 | (long)bytes[4] << 8 | bytes[5];
        var minted = milliseconds < (DateTime.MaxValue - DateTime.UnixEpoch).TotalMilliseconds ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : received;
        return minted - MintMargin < received ? minted - MintMargin : received;
    }
}
