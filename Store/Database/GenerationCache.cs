using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace KubeLens.Store.Database;

/// <summary>
/// A bounded cache in two generations: when the young one is full it becomes the old one and the old one goes.
/// What is used survives, because a hit in the old one moves up.
/// </summary>
internal sealed class GenerationCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _turn = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        _young[key] = value;
        if (_young.Count > capacity / 2)
        {
            lock (_turn)
            {
                if (_young.Count > capacity / 2)
                {
                    _old = _young;
                    _young = new ConcurrentDictionary<TKey, TValue>();
                }
            }
        }
    }
}
