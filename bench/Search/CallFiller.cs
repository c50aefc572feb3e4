using System.Threading.Channels;
using KubeLens.Bench.Corpus;
using KubeLens.Bench.Storage;
using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Search;

/// <summary>Stores generated calls, one batch after the other, while the next ones are made.</summary>
internal sealed class CallFiller(BenchStore store, CallCorpus corpus) : IDisposable
{
    /// <summary>Calls that a gateway sends together.</summary>
    public const int BatchSize = 240;

    private const int BatchesAhead = 4;

    private readonly IEnumerator<CallRecord[]> _batches = corpus.Take(int.MaxValue).Select(made => made.Call).Chunk(BatchSize).GetEnumerator();

    /// <summary>Stored so far.</summary>
    public long Calls { get; private set; }

    /// <summary>When the last one ended.</summary>
    public DateTime Last { get; private set; }

    /// <param name="goOn">Asked before each batch.</param>
    /// <param name="see">Told of each call.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task FillAsync(Func<bool> goOn, Action<CallRecord> see, CancellationToken cancellationToken)
    {
        var requests = Channel.CreateBounded<byte[]>(BatchesAhead);
        var storing = StoreAsync(requests.Reader, cancellationToken);
        while (goOn() && !storing.IsFaulted)
        {
            await requests.Writer.WriteAsync(Next(see), cancellationToken);
        }

        requests.Writer.Complete();
        await storing;
    }

    /// <summary>One more batch, at once.</summary>
    public Task StoreOneAsync(CancellationToken cancellationToken) => store.IngestAsync(Next(_ => { }), cancellationToken);

    public void Dispose() => _batches.Dispose();

    private byte[] Next(Action<CallRecord> see)
    {
        _batches.MoveNext();
        foreach (var call in _batches.Current)
        {
            see(call);
        }

        Calls += _batches.Current.Length;
        Last = _batches.Current[^1].Time.UtcDateTime;
        return BenchStore.RequestOf(_batches.Current);
    }

    private async Task StoreAsync(ChannelReader<byte[]> requests, CancellationToken cancellationToken)
    {
        await foreach (var request in requests.ReadAllAsync(cancellationToken))
        {
            await store.IngestAsync(request, cancellationToken);
        }
    }
}
