using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Search;

/// <summary>What bodies, options and headers told of a call: found by it, and told again.</summary>
public sealed class FactSearchTests(PostgresServer postgres)
{
    private const string Uid = "0d4f6f0e-8f1b-4f0a-9b1c-2f6d2f1f7a11", Session = "5e884898-da28-4715-9d0e-56f8dc629277";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_ByFacts_FindsTheRightCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(
            [
                SampleCalls.One(name: "applied") with
                {
                    Object = new CallObject { Uid = Uid, ResourceVersion = "184467" },
                    Options = new CallOptions { FieldManager = "kubectl", PatchType = "apply" },
                    Program = new CallProgram { Command = "kubectl apply", Session = Session },
                },
                SampleCalls.One(name: "dry") with { Options = new CallOptions { FieldManager = "kubectl", DryRun = true }, Object = new CallObject { Uid = Uid } },
                SampleCalls.One(name: "selected") with { LabelSelector = "app=web,tier!=db", FieldSelector = "spec.nodeName=worker-1", UserAgent = "curl/7.88" },
                SampleCalls.One(name: "warned") with { Advice = new CallAdvice { Warnings = ["v1beta1 Ingress is deprecated in v1.14+", "spec.foo: unknown field"] }, UserAgent = "" },
                SampleCalls.One("system:serviceaccount:prod:ci", "account"),
                SampleCalls.One("system:node:worker-1", "node") with { UserAgent = "kubelet/v1.20.2 (linux/amd64) kubernetes/faecb19" },
                SampleCalls.One("system:kube-scheduler", "system"),
                SampleCalls.One("", "nobody"),
            ],
            Cancel);
        string[] all = ["applied", "dry", "selected", "warned", "account", "node", "system", "nobody"];

        async Task ShouldFindAsync(string query, params string[] expected) => (await store.SearchAsync(query, Cancel)).Select(i => i.Name).ShouldBe(expected, ignoreOrder: true, customMessage: query);

        await ShouldFindAsync($"uid:{Uid}", "applied", "dry");
        await ShouldFindAsync($"-uid:{Uid} -uid:*", "selected", "warned", "account", "node", "system", "nobody");
        await ShouldFindAsync("rv:184467", "applied");
        await ShouldFindAsync("rv:1844*", "applied");
        await ShouldFindAsync("fieldmanager:kubectl", "applied", "dry");
        await ShouldFindAsync("fieldmanager:kubectl dryrun:false", "applied");
        await ShouldFindAsync("-fieldmanager:kubectl", [.. all.Skip(2)]);
        await ShouldFindAsync("dryrun:true", "dry");
        await ShouldFindAsync("dryrun:(true,false)", all);
        await ShouldFindAsync("client:\"kubectl apply\"", "applied");
        await ShouldFindAsync("client:kubectl", "applied", "dry", "account", "system", "nobody");
        await ShouldFindAsync("-client:kubectl", "selected", "warned", "node");
        await ShouldFindAsync("client:(curl,kubelet)", "selected", "node");
        await ShouldFindAsync("-client:*", "warned");
        await ShouldFindAsync($"session:{Session}", "applied");
        await ShouldFindAsync("session:*", "applied");
        await ShouldFindAsync("selector:app=web*", "selected");
        await ShouldFindAsync("selector:spec.nodeName=worker-1", "selected");
        await ShouldFindAsync("selector:~TIER!=DB", "selected");
        await ShouldFindAsync("selector:app=web");
        await ShouldFindAsync("warning:\"spec.foo: unknown field\"", "warned");
        await ShouldFindAsync("is:deprecated", "warned");
        await ShouldFindAsync("-warning:* -selector:* -fieldmanager:*", "account", "node", "system", "nobody");
        await ShouldFindAsync("kind:human", "applied", "dry", "selected", "warned");
        await ShouldFindAsync("kind:sa", "account");
        await ShouldFindAsync("kind:(node,system)", "node", "system");
        await ShouldFindAsync("-kind:human", "account", "node", "system", "nobody");
        await ShouldFindAsync("is:system", "account", "node", "system");
        await ShouldFindAsync("sa:prod/ci", "account");
        await ShouldFindAsync("sa:prod/*", "account");
        await ShouldFindAsync("-sa:*", "applied", "dry", "selected", "warned", "node", "system", "nobody");
    }

    [Fact]
    public async Task Details_OfAllFacts_AreAsDelivered()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One() with
        {
            LabelSelector = "a=b",
            FieldSelector = "c=d",
            Object = new CallObject { Uid = Uid, ResourceVersion = "8", ResourceVersionBefore = "7", Generation = 3, OwnerKind = "ReplicaSet", OwnerName = "web", Message = "no\0t found" },
            Options = new CallOptions { FieldManager = "ci", DryRun = true, PatchType = "merge", ResourceVersion = "0", ResourceVersionMatch = "Exact", Limit = 500, Continued = true, Propagation = "Orphan" },
            Listing = new CallListing { Part = CallListingPart.Page, Items = 500, RemainingItems = 1_200, Continues = true },
            Advice = new CallAdvice { Warnings = ["one", "two"], FlowSchema = "f", PriorityLevel = "p" },
            Program = new CallProgram { Command = "kubectl get", Session = Session },
        };
        await store.DeliverAsync([call], Cancel);

        var details = await store.GetAsync((await store.SearchAsync("", Cancel)).ShouldHaveSingleItem().Id, Cancel);

        details.Message.ShouldBe("no\ufffdt found");
        (details.LabelSelector, details.FieldSelector).ShouldBe(("a=b", "c=d"));
        details.Object.ShouldBe(new ObjectItem { Uid = Uid, ResourceVersion = "8", ResourceVersionBefore = "7", Generation = 3, OwnerKind = "ReplicaSet", OwnerName = "web" });
        details.Options.ShouldBe(new OptionsItem { FieldManager = "ci", DryRun = true, PatchType = "merge", ResourceVersion = "0", ResourceVersionMatch = "Exact", Limit = 500, Continued = true, Propagation = "Orphan" });
        details.Listing.ShouldBe(new ListingItem("page", 500, 1_200, true));
        details.Advice.Warnings.ShouldBe(["one", "two"]);
        (details.Advice.FlowSchema, details.Advice.PriorityLevel).ShouldBe(("f", "p"));
        details.Program.ShouldBe(new ProgramItem { Name = "kubectl", Version = "v1.32.0", Platform = "linux/amd64", Component = "", Command = "kubectl get", Session = Session });
    }

    [Fact]
    public async Task Details_OfFactsThatNoColumnHolds_AreAsDelivered()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var version = new string('9', 5_000);
        await store.DeliverAsync(
            [
                SampleCalls.One() with
                {
                    Object = new CallObject { Uid = Uid.ToUpperInvariant(), ResourceVersion = version },
                    Options = new CallOptions { FieldManager = new string('m', 10_000) },
                    Program = new CallProgram { Session = "no uuid" },
                    Advice = new CallAdvice { Warnings = [.. Enumerable.Range(0, 2_000).Select(i => new string('w', 3_000))] },
                },
            ],
            Cancel);

        var details = await store.GetAsync((await store.SearchAsync("-uid:* -rv:* -session:* warning:www*", Cancel)).ShouldHaveSingleItem().Id, Cancel);

        (details.Object.Uid, details.Object.ResourceVersion, details.Program.Session).ShouldBe((Uid.ToUpperInvariant(), version, "no uuid"));
        details.Options!.FieldManager.ShouldBe(new string('m', 2_000));
    }

    [Fact]
    public async Task Rows_WithoutOptionsAndWarnings_HaveNoEntryForThem()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One()], Cancel);

        (await store.ScalarAsync<long>("select count(*) from call where options_id is null and warnings_id is null and uid is null and session is null", Cancel)).ShouldBe(1);
        (await store.ScalarAsync<long>("select count(*) from dim where kind in (16, 17)", Cancel)).ShouldBe(0);
        var details = await store.GetAsync((await store.SearchAsync("", Cancel)).ShouldHaveSingleItem().Id, Cancel);
        (details.Options, details.Listing, details.Advice.Warnings.Count).ShouldBe((null, null, 0));
    }
}
