using KubeLens.Store.Database;
using Npgsql;

namespace KubeLens.Store.Rollups;

/// <summary>The kinds of users by their dictionary ids. Entries never change, so they are cached.</summary>
internal sealed class UserKindReader
{
    private const int CacheCapacity = 50_000;

    private readonly GenerationCache<int, UserKind> _cache = new(CacheCapacity);

    /// <param name="connection">The ids were committed before its transaction began.</param>
    /// <param name="ids">Of users.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<IReadOnlyDictionary<int, UserKind>> ReadAsync(NpgsqlConnection connection, IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        var (kinds, missing) = (new Dictionary<int, UserKind>(), new List<int>());
        foreach (var id in ids.Distinct())
        {
            if (_cache.TryGet(id, out var kind))
            {
                kinds[id] = kind;
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count > 0)
        {
            await using var command = new NpgsqlCommand("select id, value from dim where id = any($1)", connection) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = [.. missing] } } };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                kinds[reader.GetInt32(0)] = UserKinds.Of(reader.GetString(1));
                _cache.Set(reader.GetInt32(0), kinds[reader.GetInt32(0)]);
            }
        }

        return kinds;
    }
}
