using System.Collections.Concurrent;
using System.Net;

namespace KubeLens.EndToEnd.Tests.Chaos;

/// <summary>Calls at a steady rate, each for an object of its own that is not there, and what became of them as their client saw it.</summary>
internal sealed class ChaosLoad(string kubeconfig, string run, int perSecond, int clients)
{
    private int _next;
    private int _cut;

    /// <summary>Its user agent, and the begin of each name.</summary>
    public string Run => run;

    /// <summary>Names of the calls whose whole answer, of the apiserver, was read.</summary>
    public ConcurrentBag<string> Answered { get; } = [];

    /// <summary>Names of all calls.</summary>
    public ConcurrentDictionary<string, bool> Sent { get; } = new();

    private readonly ConcurrentDictionary<int, int> _others = new();

    public override string ToString() => $"{Sent.Count} calls sent, {Answered.Count} answered, {_cut} cut, others by status: {string.Join(", ", _others.Select(other => $"{other.Key}: {other.Value}"))}";

    /// <summary>Until it is cancelled; that is no failure.</summary>
    public Task RunAsync(CancellationToken over)
    {
        var started = TimeProvider.System.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            using var client = GatewayClient.From(kubeconfig);
            client.DefaultRequestHeaders.UserAgent.ParseAdd(run);
            while (!over.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref _next);
                var early = TimeSpan.FromSeconds((double)number / perSecond) - TimeProvider.System.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, CancellationToken.None);
                }

                await CallAsync(client, $"{run}-{number}");
            }
        })));
    }

    // A cut connection is no answer, and neither is what the gateway says when it cannot record the call.
    private async Task CallAsync(HttpClient client, string name)
    {
        Sent[name] = true;
        try
        {
            using var response = await client.GetAsync($"/api/v1/namespaces/default/configmaps/{name}", CancellationToken.None);
            await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                Answered.Add(name);
            }
            else
            {
                _others.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            Interlocked.Increment(ref _cut);
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
