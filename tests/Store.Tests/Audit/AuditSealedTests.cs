using System.Text.Json.Nodes;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Sealing;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Audit;

/// <summary>Events and calls whose hour is sealed.</summary>
public sealed class AuditSealedTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static CallRecord Call() => SampleCalls.One() with { Time = SealedStore.HourAgo(4).AddMinutes(7) };

    [Fact]
    public async Task JoinedCall_IsSealed_KeepsWhatItsEventSaid()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var call = Call();
        await store.DeliverAsync([call], Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(call));
        var before = await store.GetAsync((await store.SearchAsync("has:audit decision:allow", Cancel)).ShouldHaveSingleItem().Id, Cancel);

        await store.SealAsync(Cancel);

        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 1));
        var after = await store.GetAsync((await store.SearchAsync("has:audit decision:allow", Cancel)).ShouldHaveSingleItem().Id, Cancel);
        after.Audit.ShouldBe(before.Audit);
        after.Audit.ShouldNotBeNull().Decision.ShouldBe("allow");

        // Posted once more, it is known.
        await store.PostAuditAsync(Cancel, AuditSample.Of(call));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem();
        (await store.ScalarAsync<long>("select count(*) from audit_pending", Cancel)).ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public async Task Events_OfSealedCalls_GoIntoThem(int grace)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel, grace);
        var calls = VerifiedStore.Batch("sealed", VerifiedStore.Sealed, VerifiedStore.SealedAt).ConvertAll(call => call with { User = "claimed" });
        await store.DeliverAsync(calls, Cancel);
        await store.SealAsync(Cancel);
        var told = calls.Where((_, i) => i % 3 == 0).Select(call => AuditSample.Of(call).With("user", new JsonObject { ["username"] = "alice", ["groups"] = AuditSample.Texts(["dev"]) })).ToList();

        await store.PostAuditAsync(Cancel, told);
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("user:alice groups:dev has:audit decision:allow is:deprecated", Cancel)).Select(item => item.Name).ShouldBe(calls.Where((_, i) => i % 3 == 0).Select(call => call.Name), ignoreOrder: true);
        (await store.SearchAsync("user:claimed -has:audit", Cancel)).Count.ShouldBe(calls.Count - told.Count);
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(calls.Count);
        (await store.ScalarAsync<long>("select count(*) from audit_pending", Cancel)).ShouldBe(0);
        (await store.ScalarAsync<long>("select sum(calls)::bigint from segment", Cancel)).ShouldBe(calls.Count);
        var details = await store.GetAsync(SealedStore.IdOf(calls[3]), Cancel);
        (details.User, details.UserSource, details.ResponseBody!.Text).ShouldBe(("alice", "audit", VerifiedStore.BodyOf("sealed-3")));
        (await store.ScalarAsync<long>("select sum(r.calls)::bigint from rollup_user r join dim d on d.id = r.user_id where d.value = 'alice'", Cancel)).ShouldBe(told.Count);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();

        // Told once more, they are known.
        await store.PostAuditAsync(Cancel, told);
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("user:alice", Cancel)).Count.ShouldBe(told.Count);
        (await store.ScalarAsync<long>("select count(*) from audit_pending", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Event_WhileSomebodySeals_WaitsAndMakesNoBypass()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var (call, other) = (Call(), Call());
        await store.DeliverAsync([call, other], Cancel);
        await store.SealAsync(Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(call), AuditSample.Forge(AuditSample.Of(other), "/api/v1/namespaces/default/secrets"));
        await using (var sealing = await store.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Cancel))
        {
            await using var transaction = await sealing.BeginTransactionAsync(Cancel);
            await SealingRun.TakeTurnAsync(sealing, Cancel);

            await store.ResolveAsync(Cancel);

            (await store.SearchAsync("", Cancel)).Count.ShouldBe(2);
            (await store.SearchAsync("has:audit OR is:bypass OR is:conflict", Cancel)).ShouldBeEmpty();
            (await store.ScalarAsync<long>("select count(*) from audit_pending where placed_at is null", Cancel)).ShouldBe(2);
        }

        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("has:audit -is:conflict", Cancel)).ShouldHaveSingleItem().AuditId.ShouldBe(call.AuditId.ToString());
        (await store.SearchAsync("is:conflict", Cancel)).Count.ShouldBe(2);
        (await store.SearchAsync("is:bypass", Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Event_OfAnHourThatIsBeingSealed_WaitsForIt()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var call = Call();
        await store.DeliverAsync([call], Cancel);
        await store.DoAsync($"insert into segment (hour, state) values ('{SealedStore.HourAgo(4).AddMinutes(-20):O}', 1)", Cancel);

        await store.PostAuditAsync(Cancel, AuditSample.Of(call));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("has:audit", Cancel)).ShouldBeEmpty();
        await store.SealAsync(Cancel);
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem();
        (await store.SearchAsync("has:audit", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Event_WithTheIdOfASealedCallAndAnotherTarget_IsAConflict()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var call = Call();
        await store.DeliverAsync([call], Cancel);
        await store.SealAsync(Cancel);

        await store.PostAuditAsync(Cancel, AuditSample.Forge(AuditSample.Of(call), "/api/v1/namespaces/default/secrets"));
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("is:conflict", Cancel)).Select(item => item.Path).ShouldBe([$"{call.Path}?{call.Query}", "/api/v1/namespaces/default/secrets"], ignoreOrder: true);
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(2);
    }
}
