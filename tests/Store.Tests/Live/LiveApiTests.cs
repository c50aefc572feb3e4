using System.Net;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KubeLens.Store.Tests.Live;

public sealed class LiveApiTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_CallsAreStored_SendsThoseThatTheSearchFindsAndAsItShowsThem()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var earlier = await LiveClient.StartAsync(store, "", Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "before")], Cancel);
        (await earlier.CallAsync()).Name.ShouldBe("before");
        await using var feed = await LiveClient.StartAsync(store, "q=user:alice", Cancel);

        await store.DeliverAsync([SampleCalls.One(user: "bob", name: "not hers")], Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "one")], Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "two")], Cancel);

        var (one, two) = (await feed.CallAsync(), await feed.CallAsync());
        (one.Name, two.Name).ShouldBe(("one", "two"));
        JsonSerializer.Serialize(one).ShouldBe(JsonSerializer.Serialize((await store.SearchAsync("name:one", Cancel)).ShouldHaveSingleItem()));
    }

    [Fact]
    public async Task Feed_OfANameThatNobodyHadYet_FindsIt()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var feed = await LiveClient.StartAsync(store, "q=user:newcomer%20OR%20ns:nowhere", Cancel);

        await store.DeliverAsync([SampleCalls.One(user: "newcomer", name: "first")], Cancel);

        (await feed.CallAsync()).Name.ShouldBe("first");
    }

    [Fact]
    public async Task Feed_FromATime_BeginsWithWhatHasEndedSince_OldestFirst()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var now = SampleCalls.Now;
        await using (var before = await LiveClient.StartAsync(store, "", Cancel))
        {
            await store.DeliverAsync([SampleCalls.One(name: "new") with { Time = now.AddMinutes(-1) }, SampleCalls.One(name: "old") with { Time = now.AddMinutes(-3) }, SampleCalls.One(name: "older") with { Time = now.AddHours(-2) }], Cancel);
            await before.NamesAsync(3); // whoever comes now is not told of them any more
        }

        await using var feed = await LiveClient.StartAsync(store, "from=now-30m", Cancel);

        await store.DeliverAsync([SampleCalls.One(name: "next")], Cancel);

        (await feed.NamesAsync(3)).ShouldBe(["old", "new", "next"]);
    }

    [Fact]
    public async Task Feed_ThatComesBack_HasWhatWasStoredMeanwhile()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        string last;
        await using (var feed = await LiveClient.StartAsync(store, "", Cancel))
        {
            await store.DeliverAsync([SampleCalls.One(name: "seen") with { Time = SampleCalls.Now.AddMinutes(1) }], Cancel);
            var seen = await feed.NextAsync();
            LiveClient.Read<CallItem>(seen).Name.ShouldBe("seen");
            last = seen.EventId!;
        }

        await store.DeliverAsync([SampleCalls.One(name: "long ago") with { Time = SampleCalls.Now.AddMinutes(-1) }, SampleCalls.One(name: "meanwhile") with { Time = SampleCalls.Now.AddMinutes(2) }], Cancel);
        await using var again = await LiveClient.StartAsync(store, "", Cancel, last);

        (await again.NamesAsync(2)).ShouldBe(["seen", "meanwhile"]);
    }

    [Fact]
    public async Task Feed_BatchInTwoParts_SendsEachCallOnce()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var feed = await LiveClient.StartAsync(store, "", Cancel);
        var batch = SampleCalls.Batch(3, SampleCalls.NextBatchId());

        await store.DeliverAsync(batch[..2], Cancel);
        (await feed.NamesAsync(2)).ShouldBe(["web-0", "web-1"], ignoreOrder: true);
        await store.DeliverAsync(batch, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "last")], Cancel);

        (await feed.NamesAsync(2)).ShouldBe(["web-2", "last"]);
    }

    [Fact]
    public async Task Feed_MoreThanIsSentAtOnce_SendsTheNewestAndSaysSo()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Live:MaxAtOnce=3");
        await using var feed = await LiveClient.StartAsync(store, "", Cancel);
        var now = SampleCalls.Now;

        await store.DeliverAsync(Enumerable.Range(0, 8).Select(i => SampleCalls.One(name: $"n{i}") with { Time = now.AddSeconds(i) }), Cancel);

        var dropped = await feed.NextAsync();
        (dropped.EventType, LiveClient.Read<LiveDropped>(dropped)).ShouldBe((LiveEvents.Dropped, new LiveDropped(null, LiveDropReasons.TooMany)));
        (await feed.NamesAsync(3)).ShouldBe(["n5", "n6", "n7"]);
    }

    [Fact]
    public async Task Feed_NothingComes_SaysThatItIsAlive()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Live:AliveSeconds=1");
        await using var feed = await LiveClient.StartAsync(store, "q=user:nobody", Cancel);

        var (one, two) = (await feed.NextAsync(), await feed.NextAsync());

        (one.EventType, two.EventType).ShouldBe((LiveEvents.Alive, LiveEvents.Alive));
        LiveClient.Read<LiveState>(two).At.ShouldBeGreaterThan(LiveClient.Read<LiveState>(one).At);
    }

    [Fact]
    public async Task Feed_OfOneStore_HasWhatAnotherStores()
    {
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using var one = await TestStore.StartAsync(database, null, Cancel);
        await using var two = await TestStore.StartAsync(database, null, Cancel);
        await one.WaitUntilReadyAsync(Cancel);
        await two.WaitUntilReadyAsync(Cancel);
        await using var feed = await LiveClient.StartAsync(one, "", Cancel);

        await two.DeliverAsync([SampleCalls.One(name: "elsewhere")], Cancel);

        (await feed.CallAsync()).Name.ShouldBe("elsewhere");
    }

    [Fact]
    public async Task Feed_NoticesAreLost_LooksForWhatWasStoredMeanwhile()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var feed = await LiveClient.StartAsync(store, "", Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "heard")], Cancel);
        (await feed.CallAsync()).Name.ShouldBe("heard");

        (await store.ScalarAsync<long>("select count(*) from pg_stat_activity where query ilike 'listen%' and datname = current_database() and pg_terminate_backend(pid)", Cancel)).ShouldBe(1);
        await store.DeliverAsync([SampleCalls.One(name: "missed") with { Time = SampleCalls.Now }], Cancel);

        (await feed.CallAsync()).Name.ShouldBe("missed");
        await store.DeliverAsync([SampleCalls.One(name: "heard again")], Cancel);
        (await feed.CallAsync()).Name.ShouldBe("heard again");
    }

    [Fact]
    public async Task Feed_RubbishInItsChannel_GoesOnAndLogsIt()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var feed = await LiveClient.StartAsync(store, "", Cancel);

        await store.ScalarAsync<string>("select pg_notify('kubelens_stored', 'rubbish')::text", Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "after it")], Cancel);

        (await feed.CallAsync()).Name.ShouldBe("after it");
        store.Logs.Lines.ShouldContain(line => line.Id.Id == 1341);
    }

    [Fact]
    public async Task Feed_AQueryThatTakesTooLong_SaysHowManyItDidNotLookAt()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Search:TimeoutSeconds=1");
        await using var feed = await LiveClient.StartAsync(store, "", Cancel);
        await using (await store.LockAsync("call_overflow", "access exclusive", Cancel))
        {
            await store.ScalarAsync<string>($"select pg_notify('kubelens_stored', '{TimeProvider.System.GetUtcNow().AddHours(-1).Ticks} {TimeProvider.System.GetUtcNow().Ticks} 7 42')::text", Cancel);
            var dropped = await feed.NextAsync();
            (dropped.EventType, LiveClient.Read<LiveDropped>(dropped)).ShouldBe((LiveEvents.Dropped, new LiveDropped(7, LiveDropReasons.Stopped)));
        }

        await store.DeliverAsync([SampleCalls.One(name: "then")], Cancel);
        (await feed.CallAsync()).Name.ShouldBe("then");
    }

    [Fact]
    public async Task Feed_OneTooMany_IsTurnedAwayUntilAnotherLeaves()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Live:MaxFollowers=1");
        await using (await LiveClient.StartAsync(store, "", Cancel))
        {
            using var second = await LiveClient.SendAsync(store, "", Cancel);
            second.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            JsonSerializer.Deserialize<QueryProblem>(await second.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!.Title.ShouldContain("Live:MaxFollowers");
        }

        await Eventually.Async(async () => (await LiveClient.SendAsync(store, "", Cancel)).IsSuccessStatusCode, Cancel);
    }

    [Fact]
    public async Task Feed_IsRecorded_WithWhoWhatAndHowMuch()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using (var feed = await LiveClient.StartAsync(store, "q=name:(a,b)", Cancel))
        {
            await store.DeliverAsync([SampleCalls.One(name: "a"), SampleCalls.One(name: "b"), SampleCalls.One(name: "c")], Cancel);
            await feed.NamesAsync(2);
        }

        await Eventually.Async(() => store.Logs.Lines.Any(line => line.Id.Id == 1342), Cancel);
        store.Logs.Lines.Where(line => line.Id.Id == 1342).ShouldHaveSingleItem().Text.Trim().ShouldBe("the API token followed 2 calls: q=name:(a,b)");
    }

    [Fact]
    public async Task Feed_StoreStops_EndsInOrder()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var feed = await LiveClient.StartAsync(store, "", Cancel);

        store.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await feed.HasEndedAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("q=nonsense:1", "q", "Q101")]
    [InlineData("from=yesterdayish", "from", "Q153")]
    [InlineData("to=now", "to", "Q162")]
    [InlineData("limit=5", "limit", "Q162")]
    public async Task Feed_BadParameter_IsRefusedWithItsPlace(string query, string parameter, string code)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        using var response = await LiveClient.SendAsync(store, query, Cancel);

        await ShouldBeRefused(response, parameter, code);
    }

    [Fact]
    public async Task Feed_BadLastEventId_IsRefused()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        using var response = await LiveClient.SendAsync(store, "", Cancel, "17");

        await ShouldBeRefused(response, "Last-Event-ID", "Q164");
    }

    private static async Task ShouldBeRefused(HttpResponseMessage response, string parameter, string code)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var message = JsonSerializer.Deserialize<QueryProblem>(await response.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!.Messages.ShouldHaveSingleItem();
        (message.Parameter, message.Code).ShouldBe((parameter, code), message.Text);
    }
}
