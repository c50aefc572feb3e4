using System.Diagnostics.CodeAnalysis;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>Keeps values until their time; when it is full, the one that came first goes. Not thread-safe.</summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (TValue Value, DateTimeOffset Until)> _values = [];
    private readonly Queue<TKey> _order = new();

    public int Count => _values.Count;

    public bool TryGet(TKey key, DateTimeOffset now, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _values.TryGetValue(key, out var kept) && now < kept.Until;
        value = found ? kept.Value : default;
        return found;
    }

    public void Set(TKey key, TValue value, DateTimeOffset until)
    {
        if (!_values.ContainsKey(key))
        {
            if (_values.Count == capacity)
            {
                _values.Remove(_order.Dequeue());
            }

            _order.Enqueue(key);
        }

        _values[key] = (value, until);
    }
}
