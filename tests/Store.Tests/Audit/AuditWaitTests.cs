using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Audit;

/// <summary>How long an event waits for its call.</summary>
public sealed class AuditWaitTests(PostgresServer postgres)
{
    private const string Boot = "00000000000000aa";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_OfWhatAGatewayHasNotDelivered_WaitsForIt()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Audit:WaitSeconds=1");
        var (call, direct) = (AuditSample.Call(), AuditSample.Call("direct"));
        await store.PostAuditAsync(Cancel, AuditSample.Of(call), AuditSample.Of(direct));

        await store.DeliverRecordsAsync([Otlp.Lease(Boot, delivered: call.Time.AddMinutes(-1))], Cancel);
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("", Cancel)).ShouldBeEmpty();

        await store.DeliverAsync([call], Cancel);
        await store.DeliverRecordsAsync([Otlp.Lease(Boot, delivered: SampleCalls.Now)], Cancel);
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("has:audit -is:bypass", Cancel)).ShouldHaveSingleItem().Name.ShouldBe("web-0");
        (await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem().Name.ShouldBe("direct");
    }

    [Fact]
    public async Task Event_OfTheLastMinute_WaitsThatLong()
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, time);
        await store.WaitUntilReadyAsync(Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(AuditSample.Call()));

        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("", Cancel)).ShouldBeEmpty();

        time.Advance(TimeSpan.FromSeconds(60));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Gateway_SilentForLongerThanPatience_IsNotWaitedFor()
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, time);
        await store.WaitUntilReadyAsync(Cancel);
        await store.DeliverRecordsAsync([Otlp.Lease(Boot, delivered: DateTimeOffset.UnixEpoch)], Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(AuditSample.Call()));

        time.Advance(TimeSpan.FromMinutes(14));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("", Cancel)).ShouldBeEmpty();

        time.Advance(TimeSpan.FromMinutes(2));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Event_OfACallThatStillRuns_WaitsForItsEnd()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Audit:WaitSeconds=1");
        var call = AuditSample.Call() with { Verb = "watch", Sequence = 4 };
        await store.DeliverRecordsAsync([Otlp.Open(call), Otlp.Lease(Boot)], Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(call));

        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("is:bypass", Cancel)).ShouldBeEmpty();

        await store.DeliverAsync([call with { Announced = true, Position = SampleCalls.Position(0, 1, 77) }], Cancel);
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("has:audit -is:bypass -is:inflight", Cancel)).ShouldHaveSingleItem();
        (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Request_WhoseEndIsNeverTold_IsGivenUpAfterADay()
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, time);
        await store.WaitUntilReadyAsync(Cancel);
        var (call, direct) = (AuditSample.Call() with { Status = 200 }, AuditSample.Call("direct"));
        await store.DeliverAsync([call], Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(call, "RequestReceived"), AuditSample.Of(direct, "RequestReceived"));

        time.Advance(TimeSpan.FromHours(23));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("has:audit", Cancel, from: "now-2d")).ShouldBeEmpty();

        time.Advance(TimeSpan.FromHours(2));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("has:audit -is:bypass", Cancel, from: "now-2d")).ShouldHaveSingleItem().Name.ShouldBe("web-0");
        var item = (await store.SearchAsync("is:bypass status:none", Cancel, from: "now-2d")).ShouldHaveSingleItem();
        (await store.GetAsync(item.Id, Cancel)).Outcome.ShouldBe("upstreamFailed");
    }

    [Fact]
    public async Task WhatBecameACall_IsForgottenAfterADay_AndStillNotDoubled()
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, time);
        await store.WaitUntilReadyAsync(Cancel);
        var direct = AuditSample.Of(AuditSample.Call());
        var named = AuditSample.Of(AuditSample.Call("named")).With("auditID", "chosen-by-a-client");
        await store.PostAuditAsync(Cancel, direct, named);
        time.Advance(TimeSpan.FromMinutes(2));
        await store.ResolveAsync(Cancel);
        time.Advance(TimeSpan.FromHours(25));
        await store.Services.GetRequiredService<Store.Audit.AuditResolver>().ForgetAsync(Cancel);
        (await store.ScalarAsync<long>("select count(*) from audit_pending", Cancel)).ShouldBe(1, "an id that is no UUID is found by nothing else");

        await store.PostAuditAsync(Cancel, direct, named);
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("is:bypass", Cancel, from: "now-3d")).Count.ShouldBe(2);
    }
}
