using KubeLens.Store.Database;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.Ingest;

/// <summary>
/// Texts to dictionary ids. New entries are committed in a transaction of their own, before the calls that use them:
/// two batches with the same new user never wait for each other's rows.
/// </summary>
internal sealed class DimResolver(NpgsqlDataSource database)
{
    private const int CacheCapacity = 100_000;

    private readonly GenerationCache<DimKey, int> _cache = new(CacheCapacity);

    public async Task<IReadOnlyDictionary<DimKey, int>> ResolveAsync(IReadOnlySet<DimKey> keys, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<DimKey, int>(keys.Count);
        var missing = new Dictionary<(DimKind, Guid), DimKey>();
        foreach (var key in keys)
        {
            if (_cache.TryGet(key, out var id))
            {
                ids[key] = id;
            }
            else
            {
                missing[(key.Kind, key.Digest())] = key;
            }
        }

        if (missing.Count > 0)
        {
            // Asked before they are inserted: ON CONFLICT burns an id of the sequence for every entry that is there already.
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await FindAsync(connection, missing, ids, cancellationToken);
            if (missing.Count > 0)
            {
                await InsertAsync(connection, missing, cancellationToken);
                await FindAsync(connection, missing, ids, cancellationToken);
            }
        }

        return ids;
    }

    private async Task FindAsync(NpgsqlConnection connection, Dictionary<(DimKind, Guid), DimKey> missing, Dictionary<DimKey, int> ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select d.kind, d.hash, d.id from unnest($1, $2) as k (kind, hash) join dim d using (kind, hash)", connection)
        {
            Parameters =
            {
                new() { Value = missing.Keys.Select(k => (short)k.Item1).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
                new() { Value = missing.Keys.Select(k => k.Item2).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (missing.Remove(((DimKind)reader.GetInt16(0), reader.GetGuid(1)), out var key))
            {
                ids[key] = reader.GetInt32(2);
                _cache.Set(key, reader.GetInt32(2));
            }
        }
    }

    private static async Task InsertAsync(NpgsqlConnection connection, Dictionary<(DimKind, Guid), DimKey> missing, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);

        // In one order everywhere, so that two inserters cannot wait for each other in a circle.
        foreach (var ((kind, hash), key) in missing.OrderBy(m => m.Key.Item1).ThenBy(m => m.Key.Item2))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into dim (kind, hash, value, parts) values ($1, $2, $3, $4) on conflict do nothing")
            {
                Parameters =
                {
                    new NpgsqlParameter<short> { TypedValue = (short)kind },
                    new NpgsqlParameter<Guid> { TypedValue = hash },
                    new NpgsqlParameter<string> { TypedValue = key.Value },
                    new NpgsqlParameter<string[]> { TypedValue = key.Parts },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
