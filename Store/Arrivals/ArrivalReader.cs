using System.Globalization;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Arrivals;

/// <summary>Reads the table <c>arrival</c> from a position on: each arrival once, and none that somebody else's slower transaction brings later is passed over.</summary>
internal sealed class ArrivalReader(NpgsqlDataSource database, IOptions<DatabaseOptions> options)
{
    // Enough to have few questions, and few enough that what is read twice after a crash is not much.
    private const int MostArrivals = 200;

    /// <summary>A position before everything that is stored from now on.</summary>
    public async Task<ArrivalPosition> NowAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select (select system_identifier::text from pg_control_system()), {(options.Value.IsDistributed ? EndedSnapshot.Sql : "pg_current_snapshot()::text")}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ArrivalPosition(reader.GetString(0), reader.GetString(1));
    }

    /// <summary>What is not remembered any more.</summary>
    public Task<ArrivalFloor> FloorAsync(CancellationToken cancellationToken) => ArrivalFloor.ReadAsync(database, cancellationToken);

    /// <summary>What comes next, some of it at a time, and the position after each; none when nothing was stored since.</summary>
    public async Task<(IReadOnlyList<Arrival> Arrivals, ArrivalPosition Next)> ReadAsync(ArrivalPosition position, int mostCalls, CancellationToken cancellationToken)
    {
        var until = position.Until ?? (await NowAsync(cancellationToken)).Since;
        var arrivals = new List<Arrival>();
        await using var command = database.CreateCommand($"""
            select xid::text as transaction, batch_id, ordinals, calls, oldest, newest from arrival
            where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
              and xid < pg_snapshot_xmax($2::pg_snapshot) and pg_visible_in_snapshot(xid, $2::pg_snapshot)
              and (xid, batch_id) > ($3::text::xid8, $4)
            order by xid, batch_id limit {MostArrivals}
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = position.Since });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = until });
        command.Parameters.Add(Id(position.Transaction));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position.Transaction == 0 ? long.MinValue : position.Batch });
        var calls = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while ((arrivals.Count == 0 || calls < mostCalls) && await reader.ReadAsync(cancellationToken))
        {
            arrivals.Add(new Arrival(ulong.Parse(reader.GetString(0), CultureInfo.InvariantCulture), reader.GetInt64(1), new OrdinalSet(reader.GetFieldValue<byte[]>(2)), reader.GetInt32(3), reader.GetDateTime(4), reader.GetDateTime(5)));
            calls += arrivals[^1].Calls;
        }

        return (arrivals, arrivals.Count == 0
            ? new ArrivalPosition(position.Server, until)
            : position with { Until = until, Transaction = arrivals[^1].Transaction, Batch = arrivals[^1].BatchId });
    }

    private static NpgsqlParameter<string> Id(ulong transaction) => new() { TypedValue = transaction.ToString(CultureInfo.InvariantCulture) };
}
