using Npgsql;

namespace KubeLens.Store.Access.Tokens;

/// <summary>The table <c>api_token</c>. Every look-up asks it, so that a revoked token opens nothing any more, at any Store.</summary>
internal sealed class ApiTokenTable(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns = "token_id, name, role, cluster, created_by, created_at, expires_at, last_used_at, revoked_by, revoked_at";

    private static readonly TimeSpan UseStep = TimeSpan.FromMinutes(10);

    /// <returns>The token, told this once, and what is kept of it.</returns>
    public async Task<(string Secret, ApiToken Token)> AddAsync(NewApiToken wanted, string by, CancellationToken cancellationToken)
    {
        var secret = ApiTokenSecret.Make();
        await using var insert = database.CreateCommand($"insert into api_token (name, role, created_by, created_at, expires_at, hash, cluster) values ($1, $2, $3, $4, $5, $6, $7) returning {Columns}");
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = wanted.Name });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = wanted.Role.Name() });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        insert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        insert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = wanted.ExpiresAt.UtcDateTime });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = ApiTokenSecret.HashOf(secret) });
        insert.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = wanted.Cluster });
        return (secret, (await ReadAsync(insert, cancellationToken)).Single());
    }

    /// <summary>Null for one that is not known. One that is over is told, too.</summary>
    public async Task<ApiToken?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from api_token where hash = $1");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = ApiTokenSecret.HashOf(secret) });
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Writes once in ten minutes.</summary>
    public async Task MarkUsedAsync(ApiToken token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (token.LastUsedAt > now - UseStep)
        {
            return;
        }

        await using var command = database.CreateCommand("update api_token set last_used_at = $2 where token_id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = token.Id });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from api_token order by token_id desc");
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Ends it at once. Who revoked it first stays.</summary>
    /// <returns>As it is then; null when there is none.</returns>
    public async Task<ApiToken?> RevokeAsync(long id, string by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"update api_token set revoked_at = coalesce(revoked_at, $3), revoked_by = coalesce(revoked_by, $2) where token_id = $1 returning {Columns}");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    private static async Task<List<ApiToken>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var tokens = new List<ApiToken>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // The table checks the name of the role.
            tokens.Add(new ApiToken(
                reader.GetInt64(0), reader.GetString(1), StoreRoles.Find(reader.GetString(2))!.Value, reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetString(4), reader.GetDateTime(5), reader.GetDateTime(6),
                reader.IsDBNull(7) ? null : reader.GetDateTime(7), reader.IsDBNull(8) ? null : reader.GetString(8), reader.IsDBNull(9) ? null : reader.GetDateTime(9)));
        }

        return tokens;
    }
}
