using System.Numerics;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Ingest;
using Npgsql;

namespace KubeLens.Store.Verifying;

/// <summary>
/// Compares the calls that were found with those that the ledger says are stored, one by one. Both lie in tables of the session meanwhile: they
/// grow with the database, and memory does not.
/// </summary>
internal sealed class LedgerCheck(NpgsqlConnection connection, VerifyTotals totals, Action<Problem> report)
{
    private const int MostHeld = 20_000;
    private const string Again = "restore the rows of its hours from a backup; until then it is found twice";

    /// <summary>Ordinals by batch, as the ledger has them, no longer than their highest.</summary>
    private readonly Dictionary<long, byte[]> _found = [];

    /// <summary>What the ledger says now: a call that is stored later may be missed.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            create temp table verify_before as select batch_id, day, stored from ingest_batch;
            create temp table verify_found (batch_id bigint not null, ords bytea not null);
            analyze verify_before;
            """, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public void Count(long batchId, short ord)
    {
        if (ord is < 0 or >= CallPosition.MaxBatchSize)
        {
            report(new Problem(FormattableString.Invariant($"batch {batchId}"), $"a call of it has the ordinal {ord}, and there are 0 to {CallPosition.MaxBatchSize - 1}", Problem.Restore));
            return;
        }

        var found = _found.GetValueOrDefault(batchId, []);
        if (ord / 8 >= found.Length)
        {
            Array.Resize(ref found, ord / 8 + 1);
            _found[batchId] = found;
        }

        if (new OrdinalSet(found) is var ordinals && ordinals.Contains(ord))
        {
            report(new Problem(FormattableString.Invariant($"batch {batchId}"), $"its call {ord} is there twice", Again));
        }

        ordinals.Add(ord);
    }

    /// <summary>At the end of an hour: what was counted is written down.</summary>
    public async Task FlushAsync(bool evenFew, CancellationToken cancellationToken)
    {
        if (!evenFew && _found.Count < MostHeld)
        {
            return;
        }

        await using (var copy = await connection.BeginBinaryImportAsync("copy verify_found (batch_id, ords) from stdin (format binary)", cancellationToken))
        {
            foreach (var (batch, ords) in _found)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(batch, cancellationToken);
                await copy.WriteAsync(ords, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        _found.Clear();
    }

    /// <param name="whole">Every hour was looked at: a call that was not found is nowhere.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task CompareAsync(bool whole, CancellationToken cancellationToken)
    {
        await FlushAsync(evenFew: true, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await using var command = new NpgsqlCommand("""
            create index on verify_found (batch_id); create index on verify_before (batch_id); analyze verify_found;
            select b.batch_id, b.stored, b.gone, case when b.oldest >= (select max(at) from call_floor) then v.stored end, (select array_agg(f.ords) from verify_found f where f.batch_id = b.batch_id)
            from ingest_batch b left join verify_before v on v.batch_id = b.batch_id and v.day = b.day
            """, connection, transaction) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            byte[] Bits(int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);
            var (kept, found) = (Without(Bits(1), Bits(2)), Union(reader.IsDBNull(4) ? [] : reader.GetFieldValue<byte[][]>(4), reader.GetInt64(0)));
            var isWhole = whole && !totals.Uncounted && !reader.IsDBNull(3);
            if (!reader.IsDBNull(4) || isWhole)
            {
                totals.Batches++;
                totals.PartlyCompared += isWhole ? 0 : 1;
                Report(reader.GetInt64(0), Without(found, kept), "are there and are not in the ledger", "deliver nothing of this batch again until ingest_batch is restored: they would be stored twice");
                Report(reader.GetInt64(0), isWhole ? Without(Without(Bits(3), Bits(2)), found) : [], "are in the ledger and are not there", "restore the rows of their hours from a backup; a gateway does not send them again");
            }
        }
    }

    private byte[] Union(byte[][] parts, long batch)
    {
        var all = new byte[parts.Select(part => part.Length).DefaultIfEmpty().Max()];
        foreach (var part in parts)
        {
            var twice = 0;
            for (var i = 0; i < part.Length; i++)
            {
                twice += BitOperations.PopCount((uint)(all[i] & part[i]));
                all[i] |= part[i];
            }

            if (twice > 0)
            {
                report(new Problem(FormattableString.Invariant($"batch {batch}"), $"{twice} of its calls are there twice, in two hours", Again));
            }
        }

        return all;
    }

    private static byte[] Without(byte[] bits, byte[] others) => [.. bits.Select((b, i) => (byte)(i < others.Length ? b & ~others[i] : b))];

    private void Report(long batch, byte[] bits, string what, string next)
    {
        var ords = Enumerable.Range(0, bits.Length * 8).Where(new OrdinalSet(bits).Contains).ToList();
        if (ords.Count > 0)
        {
            report(new Problem(FormattableString.Invariant($"batch {batch}"), $"{ords.Count} of its calls {what}: {string.Join(", ", ords.Take(10))}{(ords.Count > 10 ? " …" : "")}", next));
        }
    }
}
