using System.Globalization;
using Npgsql;

namespace KubeLens.Store.Arrivals;

/// <summary>What the table <c>arrival</c> does not remember any more: all up to this.</summary>
/// <param name="Transaction">The last of them.</param>
/// <param name="At">When its calls were stored, UTC; null when nothing was forgotten.</param>
internal sealed record ArrivalFloor(ulong Transaction, DateTime? At)
{
    public static async Task<ArrivalFloor> ReadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select xid::text, at from arrival_floor");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ArrivalFloor(ulong.Parse(reader.GetString(0), CultureInfo.InvariantCulture), reader.IsDBNull(1) ? null : reader.GetDateTime(1))
            : throw new InvalidDataException("The table arrival_floor is empty: it is not known what can be followed.");
    }

    /// <summary>Forgets what was stored before a time.</summary>
    /// <returns>How many arrivals.</returns>
    public static async Task<int> RaiseAsync(NpgsqlDataSource database, DateTime oldest, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            with gone as (delete from arrival where stored_at < $1 returning xid, stored_at),
                raised as (update arrival_floor set xid = last.xid, at = last.stored_at from (select xid, stored_at from gone order by xid desc limit 1) last where last.xid >= arrival_floor.xid)
            select count(*)::integer from gone
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = oldest });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Everything that is there now came by another way than storing, in this transaction.</summary>
    public static async Task RaiseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("update arrival_floor set xid = pg_current_xact_id(), at = now()", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
