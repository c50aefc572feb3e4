using Microsoft.EntityFrameworkCore;

namespace KubeLens.Store.Database;

/// <summary>Dictionary ids back to their texts. Entries never change, so they are cached.</summary>
internal sealed class DimReader(IDbContextFactory<StoreContext> contexts)
{
    private const int CacheCapacity = 50_000;

    private readonly GenerationCache<int, Dim> _cache = new(CacheCapacity);

    /// <summary>Every asked id that exists.</summary>
    public async Task<IReadOnlyDictionary<int, Dim>> ReadAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, Dim>();
        var missing = new HashSet<int>();
        foreach (var id in ids)
        {
            if (_cache.TryGet(id, out var dim))
            {
                found[id] = dim;
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count > 0)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await foreach (var dim in context.Dims.Where(d => missing.Contains(d.Id)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                _cache.Set(dim.Id, dim);
                found[dim.Id] = dim;
            }
        }

        return found;
    }
}
