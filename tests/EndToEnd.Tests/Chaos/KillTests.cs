using System.Collections.Concurrent;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Chaos;

/// <summary>Parts are killed with -9 under load; the client's own log says what must be found.</summary>
public sealed class KillTests(SharedSystem shared)
{
    private const int Calls = 2500;
    private const int Clients = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Store")]
    [InlineData("Gateway")]
    public async Task Kill9_OfAServiceDuringThousandsOfAnsweredCalls_LosesNoAnsweredCallAndDoublesNone(string service)
    {
        var system = await shared.DemoAsync(Cancel);
        var run = $"{service}-{Guid.NewGuid():N}".ToLowerInvariant()[..16];
        var answered = new ConcurrentBag<string>();
        var next = 0;

        var load = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            using var client = GatewayClient.From(system.Kubeconfig);
            client.DefaultRequestHeaders.UserAgent.ParseAdd($"chaos/{run}");
            while (answered.Count < Calls)
            {
                var number = Interlocked.Increment(ref next);
                if (await AnsweredAsync(client, $"/api/v1/namespaces/default/configmaps/{run}-{number}"))
                {
                    answered.Add($"{run}-{number}");
                }
            }
        })));

        foreach (var share in new[] { 0.2, 0.5, 0.8 })
        {
            await Eventually.Async(() => answered.Count > Calls * share, Cancel, TimeSpan.FromMinutes(2), $"{share:P0} of the calls answered");
            var pid = system.ServicePid(service);
            Signals.Send(pid, Signals.Kill);
            await Eventually.Async(() => !Directory.Exists($"/proc/{pid}") && system.TryServicePid(service) is not null, Cancel, what: $"a restarted {service}");
        }

        await load;
        await Eventually.SucceedsAsync(
            async () =>
            {
                var stored = (await system.Api.SearchAllAsync($"ua:chaos/{run}", Cancel)).Select(call => call.Name).Where(name => name.Length > 0).ToList();
                stored.Count.ShouldBe(stored.Distinct().Count(), "calls stored twice");
                answered.Except(stored).ShouldBeEmpty();
            },
            Cancel,
            TimeSpan.FromMinutes(1));
    }

    // Answered: the whole response was read. A cut connection is no answer, and the next call tries again.
    private static async Task<bool> AnsweredAsync(HttpClient client, string path)
    {
        try
        {
            using var response = await client.GetAsync(path, Cancel);
            await response.Content.ReadAsByteArrayAsync(Cancel);
            return true;
        }
        catch (HttpRequestException)
        {
            await Task.Delay(20, Cancel);
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
