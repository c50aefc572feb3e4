using System.Net;
using System.Text.Json;
using KubeLens.Contracts.Health;
using KubeLens.Store.Database;
using KubeLens.Store.Health;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Health;

public sealed class StatusApiTests(PostgresServer postgres)
{
    private const string Boot = "00000000000000b1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_OfAnEmptyStore_KnowsOfNothing()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Retention:CallDays=40", "--Retention:BodyDays=7", "--Retention:Classes:long:BodyDays=30");

        var status = await StatusAsync(store);

        status.Calls.ShouldBe(new StatusPart<CallsStatus>(StatusHealth.Ok, "", null, new CallsStatus(null, null, 0)));
        status.Ingest.Value.ShouldBe(new IngestStatus(null, null, 0, 0, 0, 0, 0));
        status.Gateways.Value!.Known.ShouldBeEmpty();
        status.Sealing.Value!.ShouldSatisfyAllConditions(s => s.Enabled.ShouldBeFalse(), s => (s.SealedHours, s.DueHours, s.OldestDue, s.LastSealedAt).ShouldBe((0, 0, null, null)));
        status.Retention.Value!.ShouldSatisfyAllConditions(r => (r.CallDays, r.BodyDays).ShouldBe((40, 7)), r => r.Classes.ShouldBe(new Dictionary<string, int> { ["long"] = 30 }));
        status.Audit.Value.ShouldBe(new AuditEventsStatus(0, null));
        status.Space.Value!.Limit.ShouldBeNull();
        status.Space.Value.Database.ShouldBeGreaterThan(1_000_000);
        status.StartedAt.ShouldBeLessThanOrEqualTo(status.Time);
    }

    [Fact]
    public async Task Status_OfHotAndSealedCalls_TellsOfBoth()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var (old, now) = (SealedStore.HourAgo(30), SampleCalls.Now);
        var batch = SampleCalls.Batch(2).ConvertAll(call => call with { Time = old });
        await store.DeliverAsync(batch, Cancel);
        await store.DeliverAsync(batch, Cancel);
        var due = (await StatusAsync(store)).Sealing;
        (due.Health, due.Value!.DueHours, due.Value.OldestDue).ShouldBe((StatusHealth.Warning, 1, new DateTimeOffset(old.UtcDateTime.Date.AddHours(old.UtcDateTime.Hour), TimeSpan.Zero)));
        await store.SealAsync(Cancel);
        await store.DeliverAsync([SampleCalls.One() with { Time = now, Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()) }], Cancel);
        await store.DeliverRecordsAsync([Otlp.Open(SampleCalls.One() with { Boot = Boot, Sequence = 7 }), Otlp.Lease(Boot)], Cancel);

        var status = await StatusAsync(store);

        status.Calls.Value.ShouldBe(new CallsStatus(old, now, 1));
        var ingest = status.Ingest.Value!;
        (ingest.Calls, ingest.Batches, ingest.Duplicates, ingest.Rejected, ingest.Refused).ShouldBe((3, 2, 2, 0, 0));
        ingest.LastDeliveryAt!.Value.ShouldBeGreaterThanOrEqualTo(now);
        ingest.DeliveryLagMs!.Value.ShouldBe((ingest.LastDeliveryAt.Value - now).TotalMilliseconds);
        (status.Sealing.Health, status.Sealing.Value!.SealedHours, status.Sealing.Value.DueHours).ShouldBe((StatusHealth.Ok, 1, 0));
        status.Sealing.Value.LastSealedAt.ShouldNotBeNull();
        status.Space.Value!.ShouldSatisfyAllConditions(
            space => space.HotCalls.ShouldBeGreaterThan(0), space => space.HotBodies.ShouldBeGreaterThan(0), space => space.SealedCalls.ShouldBeGreaterThan(0),
            space => space.SealedBodies.ShouldBeGreaterThan(0), space => space.Counts.ShouldBeGreaterThan(0), space => space.Ledger.ShouldBeGreaterThan(0));
        var gateway = status.Gateways.Value!.Known.ShouldHaveSingleItem();
        (gateway.Name, gateway.Boots, gateway.Boot, gateway.Lives).ShouldBe(("gw-1", 2, Boot, true));
        gateway.LastDeliveryAt.ShouldBe(ingest.LastDeliveryAt);
    }

    [Fact]
    public async Task Gateway_ThatFellSilent_IsAWarning()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverRecordsAsync([Otlp.Lease(Boot)], Cancel);
        await store.ScalarAsync<long>("with old as (update gateway_boot set lease_at = lease_at - interval '1 day' returning 1) select count(*) from old", Cancel);

        var gateways = (await StatusAsync(store)).Gateways;

        (gateways.Health, gateways.Reason, gateways.Value!.Known[0].Lives).ShouldBe((StatusHealth.Warning, "Not heard of any more: gw-1.", false));
    }

    [Fact]
    public async Task Part_ThatCannotBeRead_KeepsNoOtherFromBeingTold()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var source = Npgsql.NpgsqlDataSource.Create(store.ConnectionString);
        await using (var rename = source.CreateCommand("alter table audit_pending rename to audit_elsewhere"))
        {
            await rename.ExecuteNonQueryAsync(Cancel);
        }

        var status = await StatusAsync(store);

        (status.Audit.Health, status.Audit.Value).ShouldBe((StatusHealth.Unknown, null));
        (status.Calls.Health, status.Ingest.Health, status.Space.Health, status.Retention.Health).ShouldBe((StatusHealth.Ok, StatusHealth.Ok, StatusHealth.Ok, StatusHealth.Ok));
        store.Logs.Lines.ShouldContain(line => line.Id.Id == 1460);
    }

    [Fact]
    public async Task Fault_IsToldUntilWorkSucceeds_AndRememberedAfter()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var notes = store.Services.GetRequiredService<StageNotes>();
        notes.Failed(Stage.Sealing, new string('x', 600));

        var failing = (await StatusAsync(store)).Sealing;
        notes.Done(Stage.Sealing);
        var over = (await StatusAsync(store)).Sealing;

        (failing.Health, failing.LastFault!.Text.Length).ShouldBe((StatusHealth.Failing, 501));
        (over.Health, over.LastFault).ShouldBe((StatusHealth.Ok, failing.LastFault));
    }

    [Fact]
    public async Task Ingest_ThatCannotStore_IsFailingUntilItCan()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var source = Npgsql.NpgsqlDataSource.Create(store.ConnectionString);
        async Task RenameAsync(string from, string to)
        {
            await using var rename = source.CreateCommand($"alter table {from} rename to {to}");
            await rename.ExecuteNonQueryAsync(Cancel);
        }

        await RenameAsync("pack", "pack_elsewhere");
        using var content = Otlp.Content(Google.Protobuf.MessageExtensions.ToByteArray(Otlp.Request([Otlp.Record(SampleCalls.Batch(1)[0])])));
        using var refused = await store.Service.PostAsync("/v1/logs", content, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var failing = (await StatusAsync(store)).Ingest;
        await RenameAsync("pack_elsewhere", "pack");
        await store.DeliverAsync(SampleCalls.Batch(1), Cancel);
        var over = (await StatusAsync(store)).Ingest;

        (failing.Health, failing.Value!.Refused, failing.Value.Calls).ShouldBe((StatusHealth.Failing, 1, 0));
        failing.LastFault!.Text.ShouldContain("pack");
        (over.Health, over.LastFault, over.Value!.Calls).ShouldBe((StatusHealth.Ok, failing.LastFault, 1));
    }

    [Fact]
    public async Task Record_ThatIsNoCall_IsCounted()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverRecordsAsync([new KubeLens.Contracts.Otlp.Protos.LogRecord()], Cancel);
        (await StatusAsync(store)).Ingest.Value!.Rejected.ShouldBe(1);
    }

    [Fact]
    public async Task Database_ThatIsNotThere_IsAnAnswer()
    {
        await using var store = await TestStore.StartAsync("Host=127.0.0.1;Port=1;Database=none;Timeout=2", null, Cancel);
        store.Services.GetRequiredService<DatabaseState>().IsMigrated.ShouldBeFalse();

        var status = await StatusAsync(store);

        new[] { status.Calls.Health, status.Ingest.Health, status.Gateways.Health, status.Space.Health, status.Sealing.Health, status.Retention.Health, status.Audit.Health }.ShouldAllBe(health => health == StatusHealth.Unknown);
        status.Calls.Reason.ShouldBe("The database is not ready yet.");
    }

    [Fact]
    public async Task Status_IsForAuditorsOnly()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var nobody = await store.Nobody.GetAsync("/api/v1/status", Cancel);
        using var service = await store.Service.GetAsync("/api/v1/status", Cancel);
        (nobody.StatusCode, service.StatusCode).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden));
    }

    private static async Task<StoreStatus> StatusAsync(TestStore store)
    {
        using var response = await store.Auditor.GetAsync("/api/v1/status", Cancel);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonSerializer.Deserialize<StoreStatus>(body, JsonSerializerOptions.Web)!;
    }
}
