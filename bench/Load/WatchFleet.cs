using System.Collections.Concurrent;
using System.Net;
using KubeLens.Bench.Upstream;

namespace KubeLens.Bench.Load;

/// <summary>Many watches of one caller, each with its first event read. Over HTTP/2 they share connections, as many as the server wants.</summary>
internal sealed class WatchFleet(Endpoint endpoint, Version version, TimeProvider time) : IDisposable
{
    // A controller opens its watches one after the other; many controllers do so at a time.
    private const int OpenedAtATime = 50;

    private readonly HttpMessageInvoker _connections = new(Loader.Connection(endpoint, connections: int.MaxValue));
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<HttpResponseMessage> _watches = [];
    private readonly ConcurrentBag<Task> _readers = [];
    private readonly Lock _gate = new();
    private List<double> _arrivals = [];
    private TaskCompletionSource _arrived = new();
    private long _sent;

    public Task OpenAsync(int count, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = OpenedAtATime, CancellationToken = cancellationToken }, OpenOneAsync);

    /// <summary>One event to all; how many milliseconds after it each had it, in ascending order.</summary>
    public async Task<IReadOnlyList<double>> DeliverAsync(WatchUpstream upstream, CancellationToken cancellationToken)
    {
        (_arrivals, _arrived) = (new List<double>(_watches.Count), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _sent = time.GetTimestamp();
        upstream.Broadcast();
        await _arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        return _arrivals;
    }

    public void Dispose()
    {
        _ending.Cancel();
        foreach (var watch in _watches)
        {
            watch.Dispose();
        }

        _connections.Dispose();
        _ending.Dispose();
    }

    private async ValueTask OpenOneAsync(int number, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint.Address, $"/api/v1/namespaces/shop/configmaps?watch=1&resourceVersion={184467 + number}&timeoutSeconds=3000")) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-controller-manager/v1.32.4 (linux/amd64) kubernetes/bench");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        var watch = await _connections.SendAsync(request, cancellationToken);
        _watches.Add(watch);
        if (watch.StatusCode != HttpStatusCode.OK)
        {
            throw new BenchException($"A watch was answered with {(int)watch.StatusCode}.");
        }

        var reader = new StreamReader(await watch.Content.ReadAsStreamAsync(cancellationToken), bufferSize: 2048);
        await reader.ReadLineAsync(cancellationToken);
        _readers.Add(ReadAsync(reader));
    }

    private async Task ReadAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync(_ending.Token) is not null)
            {
                Arrived();
            }

            _arrived.TrySetException(new BenchException("A watch ended."));
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            _arrived.TrySetException(new BenchException($"A watch broke: {failure.Message}"));
        }
    }

    private void Arrived()
    {
        lock (_gate)
        {
            _arrivals.Add(time.GetElapsedTime(_sent).TotalMilliseconds);
            if (_arrivals.Count == _watches.Count)
            {
                _arrived.TrySetResult();
            }
        }
    }
}
