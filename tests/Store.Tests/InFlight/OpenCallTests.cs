using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Store.InFlight;
using KubeLens.Store.Tests.Counts;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.InFlight;

/// <summary>Calls that have not ended: found together with the others, ended exactly once.</summary>
public sealed class OpenCallTests(PostgresServer postgres)
{
    private const string Boot = "00000000000000b1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenCall_Told_IsFoundFirstByItsFieldsAndOpensByItsId()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(3), Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7)), Otlp.Lease(Boot)], Cancel);

        var found = await store.SearchAsync("user:alice", Cancel);
        found.Count.ShouldBe(4);
        found[0].InFlight.ShouldBeTrue();
        found[0].Id.ShouldBe($"{Boot}-7");
        found[0].ResponseBytes.ShouldBe(500);
        found[0].LatencyMs.ShouldBeGreaterThan(60_000, "its duration until now, not until it was told");
        found.Skip(1).ShouldAllBe(call => !call.InFlight);
        (await store.SearchAsync("is:inflight", Cancel)).ShouldHaveSingleItem().Verb.ShouldBe("watch");
        (await store.SearchAsync("-is:inflight", Cancel)).Count.ShouldBe(3);
        (await store.SearchAsync("is:inflight verb:get", Cancel)).ShouldBeEmpty();
        (await store.SearchAsync("latency:>50s", Cancel)).ShouldHaveSingleItem().InFlight.ShouldBeTrue();
        (await store.SearchAsync("", Cancel, from: "now-10m", to: "now-5m")).ShouldBeEmpty("it began later");

        var details = await store.GetAsync(found[0].Id, Cancel);
        details.InFlight.ShouldBeTrue();
        details.Outcome.ShouldBe("running");
        details.RequestHeaders.ShouldNotBeEmpty();
        details.Connection.Client.Cipher.ShouldBe("TLS_AES_128_GCM_SHA256");
    }

    [Fact]
    public async Task OpenCall_Updated_ShowsTheLatestStateOnly()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7) with { Status = 0, ResponseBytes = 0 }), Otlp.Lease(Boot)], Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7) with { Time = SampleCalls.Now, ResponseBytes = 900 })], Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7) with { ResponseBytes = 600 })], Cancel); // overtaken on its way

        var call = (await store.SearchAsync("is:inflight", Cancel)).ShouldHaveSingleItem();
        call.ResponseBytes.ShouldBe(900);
        call.Status.ShouldBe(200);
    }

    [Fact]
    public async Task OpenCall_Ended_IsOneEndedCallToWhichItsIdLeads()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7)), Otlp.Lease(Boot)], Cancel);
        await store.DeliverAsync([Ended(7)], Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7) with { Time = SampleCalls.Now })], Cancel);

        var call = (await store.SearchAsync("verb:watch", Cancel)).ShouldHaveSingleItem();
        call.InFlight.ShouldBeFalse();
        var details = await store.GetAsync($"{Boot}-7", Cancel);
        details.Id.ShouldBe(call.Id);
        details.Outcome.ShouldBe("clientLeft");
    }

    [Fact]
    public async Task OpenCall_ToldAfterItsEndOnly_IsNotBroughtBack()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([Ended(7)], Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7)), Otlp.Lease(Boot)], Cancel);

        (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem().InFlight.ShouldBeFalse();
        (await store.ScalarAsync<long>("select count(*) from call_open", Cancel)).ShouldBe(0);
    }

    [Theory]
    [InlineData("00000000000000b1-9")]
    [InlineData("00000000000000b1-")]
    [InlineData("00000000000000b1-09")]
    public async Task OpenCall_Unknown_Is404(string id)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var answer = await store.Auditor.GetAsync($"/api/v1/calls/{id}", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain(id);
    }

    [Fact]
    public async Task OpenCall_WithoutBootOrNumber_IsRejectedAndTheOthersAreKept()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var answer = await store.DeliverRecordsAsync([Otlp.Open(Watch(7) with { Boot = "x" }), Otlp.Open(Watch(0)), Otlp.Open(Watch(8)), Otlp.Lease(Boot), Otlp.Lease("x")], Cancel);

        answer.PartialSuccess.RejectedLogRecords.ShouldBe(3);
        answer.PartialSuccess.ErrorMessage.ShouldContain("kubelens.boot: expected 16 hexadecimal digits");
        (await store.SearchAsync("is:inflight", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task OpenCalls_MoreThanThePageTakes_AreCounted()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverRecordsAsync([.. Enumerable.Range(1, 130).Select(i => Otlp.Open(Watch(i))), Otlp.Lease(Boot)], Cancel);
        await store.DeliverAsync(SampleCalls.Batch(5), Cancel);

        var page = await store.PageAsync("", "now-1h", "now", 2, null, Cancel);
        page.Items.Count(call => call.InFlight).ShouldBe(100);
        page.MoreInFlight.ShouldBe(30);
        page.Items.Count.ShouldBe(102);
        var next = await store.PageAsync("", "now-1h", "now", 2, page.Next, Cancel);
        next.Items.ShouldAllBe(call => !call.InFlight);
    }

    [Fact]
    public async Task GatewayLost_SuccessorDelivers_IsOneCallForGood()
    {
        var clock = new ShiftedClock();
        await using var store = await StartAsync(clock);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7)), Otlp.Open(Watch(8)), Otlp.Lease(Boot)], Cancel);
        clock.Shift += TimeSpan.FromSeconds(31);

        (await store.SearchAsync("is:inflight", Cancel)).ShouldBeEmpty();
        var shown = await store.SearchAsync("verb:watch", Cancel);
        shown.Count.ShouldBe(2);
        (await store.GetAsync(shown[0].Id, Cancel)).Outcome.ShouldBe("gatewayLost");
        await CloseAsync(store);
        (await store.ScalarAsync<long>("select count(*) from call", Cancel)).ShouldBe(0, "its spool may still bring the end");

        await store.DeliverAsync([Ended(8)], Cancel);
        await store.DeliverAsync([SampleCalls.One() with { Boot = "00000000000000b2", Time = clock.GetUtcNow() }], Cancel);
        await Task.WhenAll(CloseAsync(store), CloseAsync(store)); // two Stores on one database
        var stored = await store.SearchAsync("verb:watch", Cancel);
        stored.Count.ShouldBe(2);
        (await store.ScalarAsync<long>("select count(*) from call_open", Cancel)).ShouldBe(0);
        var lost = await store.GetAsync($"{Boot}-7", Cancel);
        lost.Outcome.ShouldBe("gatewayLost");
        lost.ResponseBody.ShouldNotBeNull().Note.ShouldBe("lost");
        lost.RequestHeaders.ShouldNotBeEmpty();
        stored.ShouldContain(call => call.Id == lost.Id);
        (await store.GetAsync($"{Boot}-8", Cancel)).Outcome.ShouldBe("clientLeft");
        (await store.ScalarAsync<long>("select sum(calls)::bigint from arrival", Cancel)).ShouldBe(3, "whoever follows is told of a lost one, too");
    }

    [Fact]
    public async Task GatewayLost_WrittenOffAfterADay_GivesWayToTheTruth()
    {
        var clock = new ShiftedClock();
        await using var store = await StartAsync(clock);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7)), Otlp.Lease(Boot)], Cancel);
        clock.Shift += TimeSpan.FromHours(25);
        await CloseAsync(store);
        (await store.GetAsync($"{Boot}-7", Cancel)).Outcome.ShouldBe("gatewayLost");
        (await store.ScalarAsync<long>("select count(*) from call", Cancel)).ShouldBe(1);
        (await store.WrongSumsAsync(Cancel)).ShouldBe(0);

        await store.DeliverAsync([Ended(7)], Cancel);
        (await store.ScalarAsync<long>("select count(*) from call", Cancel)).ShouldBe(1);
        (await store.WrongSumsAsync(Cancel)).ShouldBe(0);
        (await store.ScalarAsync<long>("select sum(calls)::bigint from rollup_user", Cancel)).ShouldBe(1);
        (await store.GetAsync($"{Boot}-7", Cancel)).Outcome.ShouldBe("clientLeft");
    }

    [Fact]
    public async Task GatewaySilent_SpeaksAgain_RunsAgain()
    {
        var clock = new ShiftedClock();
        await using var store = await StartAsync(clock);
        await store.DeliverRecordsAsync([Otlp.Open(Watch(7)), Otlp.Lease(Boot)], Cancel);
        clock.Shift += TimeSpan.FromSeconds(31);
        (await store.SearchAsync("is:inflight", Cancel)).ShouldBeEmpty();

        await store.DeliverRecordsAsync([Otlp.Lease(Boot)], Cancel);
        (await store.SearchAsync("is:inflight", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Ends_ADayOld_AreForgotten()
    {
        var clock = new ShiftedClock();
        await using var store = await StartAsync(clock);
        await store.DeliverAsync([Ended(7)], Cancel);
        clock.Shift += TimeSpan.FromHours(25);
        await store.Services.GetRequiredService<OpenCloser>().SweepAsync(Cancel);

        (await store.ScalarAsync<long>("select count(*) from call_ended", Cancel)).ShouldBe(0);
        (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task OrdinaryCalls_Stored_LeaveNoTrace()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(100), Cancel);

        (await store.ScalarAsync<long>("select count(*) from call_ended", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Watches_1000OpenedAndEndedWhileIngesting_AreAllThereOnce()
    {
        const int Watches = 1_000;
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var second = await TestStore.StartAsync(store.ConnectionString, null, Cancel);
        await second.WaitUntilReadyAsync(Cancel);
        var stores = new[] { store, second };

        // Starts, late updates, ends and ordinary calls overtake each other on their way to two Stores.
        await Parallel.ForEachAsync(Enumerable.Range(0, Watches / 50), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel }, async (part, cancellationToken) =>
        {
            var sequences = Enumerable.Range(part * 50 + 1, 50).ToList();
            var ends = sequences.Select((s, i) => Ended(s) with { Position = SampleCalls.Position(i, sequences.Count, (1000L + part) << 32) }).ToList();
            await stores[part % 2].DeliverRecordsAsync(sequences.Select(s => Otlp.Open(Watch(s))).Append(Otlp.Lease(Boot)), cancellationToken);
            await Task.WhenAll(
                stores[0].DeliverAsync(ends, cancellationToken),
                stores[1].DeliverAsync(ends, cancellationToken),
                stores[0].DeliverRecordsAsync(sequences.Select(s => Otlp.Open(Watch(s) with { Time = SampleCalls.Now })), cancellationToken),
                stores[1].DeliverAsync(SampleCalls.Batch(50, (5000L + part) << 32), cancellationToken));
        });

        (await store.ScalarAsync<long>("select count(*) from call_open", Cancel)).ShouldBe(0);
        var watches = await store.SearchAsync("verb:watch", Cancel);
        watches.Count.ShouldBe(Watches);
        watches.Select(call => call.AuditId).Distinct().Count().ShouldBe(Watches);
    }

    private async Task<TestStore> StartAsync(TimeProvider clock)
    {
        var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, clock);
        await store.WaitUntilReadyAsync(Cancel);
        return store;
    }

    private static Task CloseAsync(TestStore store) => store.Services.GetRequiredService<OpenCloser>().CloseAsync(Cancel);

    private static CallRecord Watch(long sequence) => SampleCalls.One(name: "") with
    {
        Boot = Boot,
        Sequence = sequence,
        Verb = "watch",
        Time = SampleCalls.Now.AddSeconds(-2),
        LatencyUs = 60_000_000,
        ResponseBytes = 500,
        ResponseBody = CallBody.None,
        AuditId = new Guid(1, 2, 3, BitConverter.GetBytes(sequence)),
    };

    private static CallRecord Ended(long sequence) => Watch(sequence) with { Time = SampleCalls.Now, LatencyUs = 62_000_000, Outcome = CallOutcome.ClientLeft, Announced = true };

    /// <summary>The system's clock, set forward. Its timers run as ever, so that nothing but the asked for is done.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
