using KubeLens.Contracts.Query;
using KubeLens.Store.Partitions;
using Npgsql;

namespace KubeLens.Store.Holds;

/// <summary>The table <c>hold</c>. A hold begins and ends between two drops, never during one.</summary>
internal sealed class HoldTable(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns = "hold_id, name, query, from_at, to_at, reason, placed_by, placed_at, released_by, released_at";

    /// <summary>The highest <see cref="Hold.Id"/>: whoever knew all holds when it was this one knows them still.</summary>
    public const string LastSql = "(select coalesce(max(hold_id), 0) from hold)";

    /// <summary>Ends when it is committed: what is dropped from then on has been looked through.</summary>
    /// <returns>Its number; fails with <see cref="ArgumentException"/> where there is one of its name.</returns>
    public async Task<long> AddAsync(string name, string query, TimeRange range, string reason, string by, CancellationToken cancellationToken) =>
        (await AddAsync(name, query, range, reason, by, FenceAsync, cancellationToken))?.Id ?? throw new ArgumentException($"--name: there is a legal hold {name} already; release it first, or choose another name.");

    /// <summary>The same for whoever does not wait long: fails as <see cref="DropFence.TakeAsync"/> where something is dropped or purged meanwhile.</summary>
    /// <returns>Null where there is one of its name.</returns>
    public Task<Hold?> TryAddAsync(string name, string query, TimeRange range, string reason, string by, CancellationToken cancellationToken) =>
        AddAsync(name, query, range, reason, by, DropFence.TakeAsync, cancellationToken);

    /// <summary>What it kept goes with the next look of retention.</summary>
    /// <returns>Whether there was one of that name.</returns>
    public async Task<bool> ReleaseAsync(string name, string by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("update hold set released_at = $3, released_by = $2 where name = $1 and released_at is null");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>The same by its number.</summary>
    /// <returns>Its name; null when none of that number is in force.</returns>
    public async Task<string?> ReleaseAsync(long id, string by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("update hold set released_at = $3, released_by = $2 where hold_id = $1 and released_at is null returning name");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Those that hold.</summary>
    public Task<IReadOnlyList<Hold>> ActiveAsync(CancellationToken cancellationToken) => ReadAsync("where released_at is null", cancellationToken);

    /// <summary>Those that were released and whose calls have not been let go.</summary>
    public Task<IReadOnlyList<Hold>> ReleasedAsync(CancellationToken cancellationToken) => ReadAsync("where released_at is not null and not done", cancellationToken);

    public Task<IReadOnlyList<Hold>> ListAsync(CancellationToken cancellationToken) => ReadAsync("", cancellationToken);

    public async Task MarkDoneAsync(Hold hold, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("update hold set done = true where hold_id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = hold.Id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {LastSql}");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How many calls are kept beyond their time, and how many bytes their headers and bodies take.</summary>
    public async Task<(long Calls, long Bytes)> KeptAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select (select count(*) from call_overflow where not {HeldDays.NotHeld}), (select coalesce(sum(octet_length(data)), 0)::bigint from pack_held)");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Until the caller's transaction ends no hold is placed, and nothing is dropped.</summary>
    public static async Task FenceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FormattableString.Invariant($"select pg_advisory_xact_lock({PartitionCatalog.DropLock})"), connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<Hold?> AddAsync(string name, string query, TimeRange range, string reason, string by, Func<NpgsqlConnection, CancellationToken, Task> fenceAsync, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await fenceAsync(connection, cancellationToken);
        await using var insert = new NpgsqlCommand("insert into hold (name, query, from_at, to_at, reason, placed_by, placed_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (name) where released_at is null do nothing returning hold_id", connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = name }, new NpgsqlParameter<string> { TypedValue = query },
                new NpgsqlParameter<DateTime> { TypedValue = range.From.UtcDateTime }, new NpgsqlParameter<DateTime> { TypedValue = range.To.UtcDateTime },
                new NpgsqlParameter<string> { TypedValue = reason }, new NpgsqlParameter<string> { TypedValue = by }, new NpgsqlParameter<DateTime> { TypedValue = now },
            },
        };
        var id = (long?)await insert.ExecuteScalarAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return id is null ? null : new Hold(id.Value, name, query, range, reason, by, now, null, null);
    }

    private async Task<IReadOnlyList<Hold>> ReadAsync(string where, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from hold {where} order by hold_id");
        var holds = new List<Hold>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            holds.Add(new Hold(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), new TimeRange(reader.GetDateTime(3), reader.GetDateTime(4)), reader.GetString(5), reader.GetString(6), reader.GetDateTime(7),
                reader.IsDBNull(8) ? null : reader.GetString(8), reader.IsDBNull(9) ? null : reader.GetDateTime(9)));
        }

        return holds;
    }
}
