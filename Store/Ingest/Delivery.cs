using KubeLens.Contracts.Calls;

namespace KubeLens.Store.Ingest;

/// <summary>What makes two calls members of one batch.</summary>
internal sealed record DeliveryKey(long BatchId, DateOnly Day, string Gateway, string Boot, int Size);

/// <summary>The part of one batch that one request brought.</summary>
internal sealed class Delivery(DeliveryKey key)
{
    private readonly SortedDictionary<int, CallRecord> _calls = [];

    public DeliveryKey Key => key;

    /// <summary>Calls that came twice in this very request.</summary>
    public int Repeated { get; private set; }

    /// <summary>By ordinal; of two with one ordinal the first counts.</summary>
    public IReadOnlyDictionary<int, CallRecord> Calls => _calls;

    public void Add(int ordinal, CallRecord call)
    {
        if (!_calls.TryAdd(ordinal, call))
        {
            Repeated++;
        }
    }
}
