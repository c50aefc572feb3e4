using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using Npgsql;

namespace KubeLens.Store.Sealing;

/// <summary>Of some hours those that take no more calls.</summary>
internal sealed class ClosedHours
{
    /// <summary>Whoever stores calls holds it shared until that is committed; whoever closes an hour alone. Any number that nobody else uses in this database.</summary>
    public const long AdvisoryLock = 0x6b756265_7365616c;

    private readonly HashSet<DateTime> _hours = [];

    private ClosedHours()
    {
    }

    /// <summary>No other hour of these times is closed until the caller's transaction ends.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="times">When calls completed.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task<ClosedHours> ReadAsync(NpgsqlConnection connection, IEnumerable<DateTime> times, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(FormattableString.Invariant($"select pg_advisory_xact_lock_shared({AdvisoryLock})")),
                new NpgsqlBatchCommand(FormattableString.Invariant($"select hour from segment where hour = any($1) and state < {(short)SegmentState.Alone}")) { Parameters = { new NpgsqlParameter<DateTime[]> { TypedValue = [.. times.Select(PartitionTable.Call.StartOf).Distinct()] } } },
            },
        };
        var closed = new ClosedHours();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            closed._hours.Add(reader.GetDateTime(0));
        }

        return closed;
    }

    /// <summary>Whether the hour of a call is closed.</summary>
    public bool Has(DateTime at) => _hours.Contains(PartitionTable.Call.StartOf(at));

    /// <summary>The table that takes a call: the overflow table where its hour is closed, or has no partition.</summary>
    public string TableOf(DateTime at, PartitionCatalog partitions) => partitions.Has(PartitionTable.Call, at) && !Has(at) ? CallTables.Call : CallTables.Overflow;
}
