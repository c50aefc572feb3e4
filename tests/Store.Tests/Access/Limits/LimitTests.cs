using System.Net;
using KubeLens.Store.Access;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Access.Limits;

/// <summary>What one token may ask for at one time, and that nobody else waits for it.</summary>
public sealed class LimitTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_ThatAsksTooMuch_IsToldToWaitAndNobodyElseIs()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Limits:RequestsPerSecond=1", "--Limits:Burst=3");
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => store.Auditor.GetAsync("/api/v1/saved-searches", Cancel)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(3);
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("Limits:RequestsPerSecond");

        using var other = store.Client(store.Services.GetRequiredService<SessionTokens>().Issue(StoreRole.Viewer, "alice").Token);
        (await other.GetAsync("/api/v1/saved-searches", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var delivery = 0; delivery < 10; delivery++)
        {
            await store.DeliverAsync([SampleCalls.One()], Cancel);
        }

        await Eventually.Async(async () => (await store.Auditor.GetAsync("/api/v1/saved-searches", Cancel)).StatusCode == HttpStatusCode.OK, Cancel);
    }

    [Fact]
    public async Task Limit_OfNothing_IsNone()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Limits:RequestsPerSecond=0", "--Limits:Burst=1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => store.Auditor.GetAsync("/api/v1/saved-searches", Cancel)));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
    }
}
