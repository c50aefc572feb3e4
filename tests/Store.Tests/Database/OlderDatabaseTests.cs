using System.Reflection;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Database;

/// <summary>A database of each older schema, with calls in it, comes up to date with nothing lost.</summary>
public sealed class OlderDatabaseTests(PostgresServer postgres)
{
    // Whatever one of them lies in is not of the schema: partitions come and go.
    private const string Schema = """
        select string_agg(line, E'\n' order by line) from (
            select concat_ws(' ', c.table_name, c.column_name, c.udt_name, c.is_nullable, c.column_default) as line from information_schema.columns c
            join pg_class t on t.oid = format('%I', c.table_name)::regclass where c.table_schema = 'public' and not t.relispartition and c.table_name <> '__EFMigrationsHistory'
            union all
            select i.indexdef from pg_indexes i join pg_class t on t.oid = format('%I', i.tablename)::regclass where i.schemaname = 'public' and not t.relispartition and i.tablename <> '__EFMigrationsHistory') lines
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Older => [.. typeof(StoreContext).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal).SkipLast(1)];

    [Theory]
    [MemberData(nameof(Older))]
    public async Task Database_OfAnOlderSchema_LosesNothing(string migration)
    {
        var calls = VerifiedStore.Batch("hour", 100, SealedStore.HourAgo(3));
        calls.AddRange([SampleCalls.One(name: "now") with { ResponseBody = Body("of now") }, SampleCalls.One(name: "old-overflow") with { Time = SampleCalls.Now.AddDays(-400), RequestBody = Body("of long ago") }]);
        var older = await OlderAsync(migration, calls);

        await using var store = await TestStore.StartAsync(older, null, Cancel, settings: ["--Retention:CallDays=3660", .. SealedStore.Settings]);
        await store.WaitUntilReadyAsync(Cancel);

        await HasAllAsync(store, calls);
        var late = VerifiedStore.Batch("late", 10, SealedStore.HourAgo(3));
        await store.DeliverAsync(late, Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(110);
        await HasAllAsync(store, [.. calls, .. late]);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("20261101000000_Initial", "tls:1.3 peer:* upstream:*", "-tls:* -peer:* -upstream:*", "client_tls_id", "peer_id", "upstream_us")]
    [InlineData("20261124000000_Connections", "pod:ci-0 node:*", "-pod:* -node:* peer:*", "workload_id")]
    [InlineData("20261124120000_Workloads", "fieldmanager:ci dryrun:true rv:7", "-fieldmanager:* dryrun:false -rv:* -uid:* -session:* -warning:* -selector:* client:kubectl -fieldmanager:ci", "uid", "rv", "session", "options_id", "warnings_id")]
    public async Task Calls_OlderThanSomeOfTheirFacts_AreFoundWithoutThem(string migration, string found, string notFound, params string[] lacking)
    {
        var older = await OlderAsync(migration, [SampleCalls.One(name: "old"), SampleCalls.One(name: "old-overflow") with { Time = SampleCalls.Now.AddDays(-400) }], lacking);
        await using var store = await TestStore.StartAsync(older, null, Cancel, settings: "--Retention:CallDays=3660");
        await store.WaitUntilReadyAsync(Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "new") with { Pod = "ci-0", Node = "worker-1", Options = CallOptions.None with { FieldManager = "ci", DryRun = true }, Object = CallObject.None with { ResourceVersion = "7" } }], Cancel);

        (await store.SearchAsync("", Cancel, from: "now-2y")).Select(i => i.Name).ShouldBe(["new", "old", "old-overflow"], ignoreOrder: true);
        (await store.SearchAsync(found, Cancel, from: "now-2y")).Select(i => i.Name).ShouldBe(["new"]);
        (await store.SearchAsync(notFound, Cancel, from: "now-2y")).Select(i => i.Name).ShouldBe(["old", "old-overflow"], ignoreOrder: true);
        var old = await store.GetAsync((await store.SearchAsync("name:old", Cancel)).ShouldHaveSingleItem().Id, Cancel);
        (old.Pod, old.Node, old.Options, old.Listing, old.Object.Uid, old.Program.Name).ShouldBe(("", "", null, null, "", "kubectl"));
        if (lacking.Contains("upstream_us"))
        {
            old.Timings.UpstreamMs.ShouldBeNull();
        }
    }

    // Stored by today's Store, and then the schema as it was: which is shown to be what it was.
    private async Task<string> OlderAsync(string migration, IEnumerable<CallRecord> calls, params string[] lacking)
    {
        var connectionString = await postgres.CreateDatabaseAsync(Cancel);
        await using var store = await TestStore.StartAsync(connectionString, null, Cancel, settings: "--Retention:CallDays=3660");
        await store.WaitUntilReadyAsync(Cancel);
        foreach (var some in calls.GroupBy(call => call.Position?.BatchId))
        {
            await store.DeliverAsync(some, Cancel);
        }

        await using var context = await store.Services.GetRequiredService<IDbContextFactory<StoreContext>>().CreateDbContextAsync(Cancel);
        await context.GetService<IMigrator>().MigrateAsync(migration, Cancel);
        (await store.ScalarAsync<long>($"select count(*) from information_schema.columns where column_name in ('{string.Join("', '", lacking)}')", Cancel)).ShouldBe(0);
        var older = await store.ScalarAsync<string>(Schema, Cancel);

        context.Database.SetConnectionString(await postgres.CreateDatabaseAsync(Cancel));
        await context.GetService<IMigrator>().MigrateAsync(migration, Cancel);
        older.ShouldBe(await context.Database.SqlQueryRaw<string>($"select ({Schema}) as \"Value\"").SingleAsync(Cancel));
        return connectionString;
    }

    private static async Task HasAllAsync(TestStore store, IReadOnlyCollection<CallRecord> calls)
    {
        var found = (await store.SearchAsync("", Cancel, from: "now-2y")).ToDictionary(item => item.Name);
        found.Keys.ShouldBe(calls.Select(call => call.Name), ignoreOrder: true);
        foreach (var call in calls)
        {
            var details = await store.GetAsync(found[call.Name].Id, Cancel);
            (details.AuditId, details.User, details.Verb, details.Path, details.Time).ShouldBe((call.AuditId.ToString(), call.User, call.Verb, $"{call.Path}?{call.Query}", call.Time));
            (details.RequestBody?.Text ?? "").ShouldBe(TextOf(call.RequestBody));
            (details.ResponseBody?.Text ?? "").ShouldBe(TextOf(call.ResponseBody));
        }
    }

    private static CallBody Body(string text) => new(Encoding.UTF8.GetBytes($"{{\"body\":\"{text}\"}}"), CallBodyNote.Whole, 0);

    private static string TextOf(CallBody body) => Encoding.UTF8.GetString(body.Content.Span);
}
