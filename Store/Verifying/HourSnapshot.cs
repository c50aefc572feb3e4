using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Verifying;

/// <summary>
/// One hour as it is at one moment: neither sealing nor retention takes anything of it away until it is disposed of. They do not wait for longer
/// than they would for a search, and come again.
/// </summary>
internal sealed class HourSnapshot : IAsyncDisposable
{
    private const int Attempts = 3;

    private readonly NpgsqlTransaction _transaction;

    private HourSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTime hour) => (Connection, _transaction, Hour) = (connection, transaction, hour);

    public NpgsqlConnection Connection { get; }

    public DateTime Hour { get; }

    /// <summary>What was sealed of it.</summary>
    public IReadOnlyList<(long Id, SegmentState State, long Calls)> Segments { get; private set; } = [];

    /// <summary>Drop days that have a partition: of others, packs have been dropped.</summary>
    public IReadOnlyList<DateOnly> PackDays { get; private set; } = [];

    /// <inheritdoc cref="PackDays"/>
    public IReadOnlyList<DateOnly> SealedPackDays { get; private set; } = [];

    /// <summary>The rows that answer for the hour, as a table: those of the leaf, unless it is sealed, and of the overflow table. Parameter 1 is the hour.</summary>
    public string Rows
    {
        get
        {
            const string Within = "where at >= $1 and at < $1 + interval '1 hour'";
            var overflow = $"select {CallColumns.All} from {CallTables.Overflow} {Within}";
            return Segments.Any(segment => segment.State == SegmentState.Sealed) ? $"({overflow})" : $"(select {CallColumns.All} from {CallTables.Call} {Within} union all {overflow})";
        }
    }

    public static async Task<HourSnapshot> BeginAsync(NpgsqlConnection connection, DateTime hour, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            try
            {
                await LockAsync(connection, hour, cancellationToken);
                var snapshot = new HourSnapshot(connection, transaction, hour);
                await snapshot.LoadAsync(cancellationToken);
                return snapshot;
            }
            catch (PostgresException e) when (attempt < Attempts && e.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // The leaf was dropped between the look for it and the lock.
                await transaction.DisposeAsync();
            }
            catch
            {
                await transaction.DisposeAsync();
                throw;
            }
        }
    }

    public NpgsqlCommand Command(string sql, params IEnumerable<NpgsqlParameter> more)
    {
        var command = new NpgsqlCommand(sql, Connection, _transaction) { CommandTimeout = 0, Parameters = { new NpgsqlParameter<DateTime> { TypedValue = Hour } } };
        foreach (var parameter in more)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Whether a table has a partition for it.</summary>
    public async Task<bool> HasAsync(PartitionTable table, CancellationToken cancellationToken) =>
        (await PartitionCatalog.ReadAsync(Connection, table, cancellationToken)).Contains(table.StartOf(Hour));

    public async ValueTask DisposeAsync() => await _transaction.DisposeAsync();

    // LOCK TABLE takes no snapshot: what is seen afterwards is what is locked. The look for the leaf is on a catalogue that is always current.
    private static async Task LockAsync(NpgsqlConnection connection, DateTime hour, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"""
            set transaction read only;
            lock table {PartitionTable.Pack.Name}, {PartitionTable.BodyPack.Name}, {PartitionTable.Chunk.Name} in access share mode;
            do $$ begin if to_regclass('{PartitionTable.Call.PartitionName(hour)}') is not null then lock table {PartitionTable.Call.PartitionName(hour)} in access share mode; end if; end $$
            """, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var segments = new List<(long, SegmentState, long)>();
        await using (var command = Command("select seg_id, state, calls from segment where hour = $1 order by seg_id"))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                segments.Add((reader.GetInt64(0), (SegmentState)reader.GetInt16(1), reader.GetInt64(2)));
            }
        }

        Segments = segments;
        PackDays = [.. (await PartitionCatalog.ReadAsync(Connection, PartitionTable.Pack, cancellationToken)).Select(DateOnly.FromDateTime)];
        SealedPackDays = [.. (await PartitionCatalog.ReadAsync(Connection, PartitionTable.BodyPack, cancellationToken)).Select(DateOnly.FromDateTime)];
    }
}
