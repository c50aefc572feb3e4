using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>Long calls are there from their start, and end exactly once, whatever is killed meanwhile.</summary>
public sealed class InFlightTests(SharedSystem shared)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_Started_AppearsWithinTwoSecondsAndEndsOnceWithTheReason()
    {
        var system = await shared.DemoAsync(Cancel);
        var run = Run();
        using var client = Client(system, run);
        CallItem running;
        using (await WatchAsync(client))
        {
            running = await system.Api.FindAsync($"ua:{run} is:inflight", Cancel);
            (running.Verb, running.Resource, running.Status).ShouldBe(("watch", "configmaps", 200));
            (await system.Api.DetailsAsync(running.Id, Cancel)).Outcome.ShouldBe("running");
        }

        var ended = await EndedAsync(system, run);
        ended.AuditId.ShouldBe(running.AuditId);
        var details = await system.Api.DetailsAsync(running.Id, Cancel);
        (details.Id, details.Outcome, details.InFlight).ShouldBe((ended.Id, "clientLeft", false));
    }

    [Fact]
    public async Task StoreKilled_WhileAWatchRuns_ShowsItAgainAndItsEndOnce()
    {
        var system = await shared.DemoAsync(Cancel);
        var run = Run();
        using var client = Client(system, run);
        using (await WatchAsync(client))
        {
            await system.Api.FindAsync($"ua:{run} is:inflight", Cancel);
            await KillAsync(system, "Store");
            await Eventually.SucceedsAsync(
                async () => (await system.Api.SearchAsync($"ua:{run} is:inflight", Cancel)).Items.ShouldHaveSingleItem(), Cancel, TimeSpan.FromSeconds(40));
        }

        await EndedAsync(system, run);
    }

    [Fact]
    public async Task GatewayKilled_WhileAWatchRuns_IsOneCallOfALostGateway()
    {
        var system = await shared.DemoAsync(Cancel);
        var run = Run();
        using var client = Client(system, run);
        using var watch = await WatchAsync(client);
        var running = await system.Api.FindAsync($"ua:{run} is:inflight", Cancel);
        await KillAsync(system, "Gateway");

        // Its lease ends after 6 s. A call through the new gateway says that the old one's are all there.
        using var later = Client(system, run + "-later");
        await Eventually.SucceedsAsync(async () => (await later.GetAsync("/version", Cancel)).EnsureSuccessStatusCode(), Cancel, TimeSpan.FromSeconds(30));
        var lost = await EndedAsync(system, run, TimeSpan.FromSeconds(90));
        lost.AuditId.ShouldBe(running.AuditId);
        (await system.Api.DetailsAsync(running.Id, Cancel)).Outcome.ShouldBe("gatewayLost");
    }

    private static string Run() => $"watcher-{Guid.NewGuid():N}"[..20];

    private static HttpClient Client(KubeLensSystem system, string run)
    {
        var client = GatewayClient.From(system.Kubeconfig);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(run);
        return client;
    }

    private static Task<HttpResponseMessage> WatchAsync(HttpClient client) =>
        client.GetAsync("/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=300", HttpCompletionOption.ResponseHeadersRead, Cancel);

    private static async Task KillAsync(KubeLensSystem system, string service)
    {
        var pid = system.ServicePid(service);
        Signals.Send(pid, Signals.Kill);
        await Eventually.Async(() => !Directory.Exists($"/proc/{pid}") && system.TryServicePid(service) is not null, Cancel, what: $"a restarted {service}");
    }

    // A call of the table of ended ones, and the only one.
    private static async Task<CallItem> EndedAsync(KubeLensSystem system, string run, TimeSpan? within = null)
    {
        CallItem? ended = null;
        await Eventually.SucceedsAsync(
            async () =>
            {
                ended = (await system.Api.SearchAllAsync($"ua:{run}", Cancel)).ShouldHaveSingleItem();
                ended.InFlight.ShouldBeFalse();
                ended.Id.Contains('-', StringComparison.Ordinal).ShouldBeFalse("it is stored as an ended call");
            },
            Cancel,
            within ?? TimeSpan.FromSeconds(10));
        return ended!;
    }
}
