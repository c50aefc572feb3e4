using KubeLens.Contracts.Calls;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;

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
        store.Logs.Lines.ShouldNotContain(line => line.Id.Id == 1366);
    }

    [Fact]
    public async Task Event_OfASealedCall_IsCountedAndMakesNoBypass()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var call = Call();
        await store.DeliverAsync([call], Cancel);
        await store.SealAsync(Cancel);

        await store.PostAuditAsync(Cancel, AuditSample.Of(call));
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem().AuditId.ShouldBe(call.AuditId.ToString());
        (await store.SearchAsync("is:bypass OR is:conflict", Cancel)).ShouldBeEmpty();
        (await store.ScalarAsync<long>("select count(*) from audit_pending", Cancel)).ShouldBe(0);
        store.Logs.Lines.ShouldContain(line => line.Id.Id == 1366);
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

        (await store.SearchAsync("is:conflict", Cancel)).ShouldHaveSingleItem().Path.ShouldBe("/api/v1/namespaces/default/secrets");
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(2);
    }
}
