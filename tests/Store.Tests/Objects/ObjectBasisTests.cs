using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Testing;
using static KubeLens.Store.Tests.Objects.ObjectScenario;

namespace KubeLens.Store.Tests.Objects;

/// <summary>Whether what a call did is known exactly: each rule of ADR 0028, and what it does not cover.</summary>
public sealed class ObjectBasisTests(PostgresServer postgres)
{
    private const string PatchReplicas = """{"spec":{"replicas":5}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="case">What is special.</param>
    /// <param name="exact">Whether nothing can have come between.</param>
    [Theory]
    [InlineData("update of the version before", true)]
    [InlineData("update of another version", false)]
    [InlineData("update of no version", false)]
    [InlineData("patch of the version before", true)]
    [InlineData("patch, generation up by one, all of it touched, written now", true)]
    [InlineData("patch, generation up by two", false)]
    [InlineData("patch, generation as before", false)]
    [InlineData("patch, no generation", false)]
    [InlineData("patch, something else differs", false)]
    [InlineData("patch, status differs", false)]
    [InlineData("patch of a label only", false)]
    [InlineData("patch that is truncated", false)]
    [InlineData("patch, written an hour ago", false)]
    [InlineData("patch, nobody says when it was written", false)]
    [InlineData("patch that changed nothing", true)]
    [InlineData("read of the same version by the write before", true)]
    public async Task Basis_IsExactOnlyWhereNothingCanHaveComeBetween(string @case, bool exact)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        calls.Add("create", Deployment(10), status: 201);
        var managed = calls.ManagedNow;
        var old = managed.Replace(":\"20", ":\"19", StringComparison.Ordinal);
        var patched = Deployment(11, generation: 2, replicas: 5, metadata: managed);
        _ = @case switch
        {
            "update of the version before" => calls.Add("update", Deployment(11, generation: 2, replicas: 5), before: "10"),
            "update of another version" => calls.Add("update", Deployment(12, generation: 2, replicas: 5), before: "11"),
            "update of no version" => calls.Add("update", patched),
            "patch of the version before" => calls.Add("patch", Deployment(11, replicas: 5), request: PatchReplicas, before: "10"),
            "patch, generation up by one, all of it touched, written now" => calls.Add("patch", patched, request: PatchReplicas),
            "patch, generation up by two" => calls.Add("patch", Deployment(11, generation: 3, replicas: 5, metadata: managed), request: PatchReplicas),
            "patch, generation as before" => calls.Add("patch", Deployment(11, generation: 1, replicas: 5, metadata: managed), request: PatchReplicas),
            "patch, no generation" => calls.Add("patch", patched.Replace("\"generation\":2,", "", StringComparison.Ordinal), request: PatchReplicas),
            "patch, something else differs" => calls.Add("patch", Deployment(11, generation: 2, replicas: 5, image: "web:2", metadata: managed), request: PatchReplicas),
            "patch, status differs" => calls.Add("patch", Deployment(11, generation: 2, replicas: 5, ready: 1, metadata: managed), request: PatchReplicas),
            "patch of a label only" => calls.Add("patch", Deployment(11, generation: 2, metadata: managed + ""","labels":{"a":"b"}"""), request: """{"metadata":{"labels":{"a":"b"}}}"""),
            "patch that is truncated" => calls.Add("patch", patched, request: PatchReplicas, change: call => call with { RequestBody = call.RequestBody with { Note = CallBodyNote.Truncated } }),
            "patch, written an hour ago" => calls.Add("patch", Deployment(11, generation: 2, replicas: 5, metadata: old), request: PatchReplicas),
            "patch, nobody says when it was written" => calls.Add("patch", Deployment(11, generation: 2, replicas: 5), request: PatchReplicas),
            "patch that changed nothing" => calls.Add("patch", Deployment(10), request: PatchReplicas),
            _ => calls.Add("update", Deployment(11, generation: 2, replicas: 5), before: "10"),
        };
        await store.DeliverAsync(calls.Calls, Cancel);

        var version = (await HistoryAsync(store, "", Cancel)).Versions[0];

        (version.Basis, version.GapBefore).ShouldBe(exact ? (ObjectChangeBases.Exact, false) : (ObjectChangeBases.Inferred, true));
        version.Kind.ShouldBe(@case == "patch that changed nothing" ? ObjectVersionKinds.Same : ObjectVersionKinds.Changed);
        (await OfCallAsync<CallChange>(store, calls.Calls[^1], "change", Cancel)).Version.ShouldBeEquivalentTo(version);
    }

    [Fact]
    public async Task StateBefore_IsTheNewestThatIsNoNewer_WhoeverSawIt()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        calls.Add("create", Deployment(10), status: 201);
        var protobuf = calls.Add("update", """{"kind":"Deployment","metadata":{}}""", before: "10", note: CallBodyNote.MetadataOnly, change: call => call with { Object = new CallObject { Uid = Uid, ResourceVersion = "11" } });
        var seen = calls.Add("get", Deployment(11, generation: 2, replicas: 4));
        calls.Add("get", Deployment(10)); // by a cache
        calls.Add("get", Deployment(99, generation: 9, replicas: 9, apiVersion: "apps/v1beta1")); // the answer to a call that began later, and in other words
        var update = calls.Add("update", Deployment(12, generation: 3, replicas: 5), before: "11");
        await store.DeliverAsync(calls.Calls, Cancel);

        var change = await OfCallAsync<CallChange>(store, update, "change", Cancel);
        (change.Before!.CallId, change.Before.ResourceVersion, change.After!.CallId, change.Version.Basis).ShouldBe((IdOf(seen), "11", IdOf(update), ObjectChangeBases.Exact));
        change.Version.Changes.ShouldHaveSingleItem().ShouldBe(new ObjectChange("spec.replicas", "4", "5"));
        var unnamed = await OfCallAsync<CallChange>(store, protobuf, "change", Cancel);
        (unnamed.Before!.ResourceVersion, unnamed.After, unnamed.Version.Basis).ShouldBe(("10", null, ObjectChangeBases.None));
    }

    [Fact]
    public async Task Change_OfCreateDeleteFailureAndRead_HasTheStatesThatThereAre()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        var create = calls.Add("create", Deployment(10), status: 201, change: call => call with { ResponseBody = call.ResponseBody with { RedactedValues = 3 } });
        var read = calls.Add("get", Deployment(10));
        var failed = calls.Add("update", "{}", status: 500);
        var delete = calls.Add("delete", Deployment(15, metadata: ""","deletionTimestamp":"2026-11-28T10:00:00Z" """));
        await store.DeliverAsync(calls.Calls, Cancel);

        var created = await OfCallAsync<CallChange>(store, create, "change", Cancel);
        (created.Before, created.After!.RedactedValues, created.Version.Basis, created.Version.Kind).ShouldBe((null, 3, ObjectChangeBases.Exact, ObjectVersionKinds.Created));
        var seen = await OfCallAsync<CallChange>(store, read, "change", Cancel);
        (seen.Before!.CallId, seen.After!.CallId, seen.Version.Basis, seen.Version.ChangeCount).ShouldBe((IdOf(create), IdOf(read), ObjectChangeBases.Exact, 0));
        var refused = await OfCallAsync<CallChange>(store, failed, "change", Cancel);
        (refused.Before!.ResourceVersion, refused.After, refused.Version.Kind).ShouldBe(("10", null, ObjectVersionKinds.Failed));
        var gone = await OfCallAsync<CallChange>(store, delete, "change", Cancel);
        (gone.Before!.CallId, gone.After, gone.Version.Kind, gone.Version.ChangeCount).ShouldBe((IdOf(delete), null, ObjectVersionKinds.Deleted, 0));
        gone.Before.Text.ShouldContain("\n    \"name\": \"web\",\n");
        var state = await OfCallAsync<ObjectState>(store, delete, "object", Cancel);
        state.ShouldBe(gone.Before);
        store.Logs.Lines.Count(line => line.Id.Id == 1432 && line.Text.Contains(IdOf(delete))).ShouldBe(2);
        foreach (var (call, what) in new[] { (IdOf(failed), "object"), ("x", "object"), ("x", "change"), (CallId.Of(SampleCalls.Now, 1, 1).ToString(), "change"), (CallId.Of(SampleCalls.Now, 1, 1).ToString(), "object") })
        {
            (await store.Auditor.GetAsync($"/api/v1/calls/{call}/{what}", Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound, $"{call} {what}");
        }
    }

    [Fact]
    public async Task Call_OnNoSingleObject_HasNoChange()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        calls.Add("list", "{}");
        calls.Add("create", "{}", "exec");
        calls.Add("get", "{}", change: call => call with { Resource = "", Name = "" });
        await store.DeliverAsync(calls.Calls, Cancel);

        foreach (var call in calls.Calls)
        {
            using var response = await store.Auditor.GetAsync($"/api/v1/calls/{IdOf(call)}/change", Cancel);
            response.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("of one object");
        }
    }

    /// <summary>Whatever bodies hold, the calls are told.</summary>
    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"metadata":7}""")]
    [InlineData("""{"metadata":{"uid":7,"name":{},"resourceVersion":[],"generation":"x"}}""")]
    [InlineData("""{"kind":"Table","rows":[7]}""")]
    [InlineData("""{"kind":"Table","rows":{}}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public async Task Body_ThatIsNoObject_IsNoState(string body)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        calls.Add("create", Deployment(1), status: 201);
        foreach (var (sub, request) in new[] { ("", "[[[["), ("scale", body), ("status", "{\"a\":\"\\ud800\"}") })
        {
            calls.Add("patch", null, sub, request: request, change: call => call with { ResponseBody = new CallBody(System.Text.Encoding.UTF8.GetBytes(body), CallBodyNote.Whole, 0), Object = new CallObject { Uid = Uid, ResourceVersion = "2", Generation = 1 } });
        }

        await store.DeliverAsync(calls.Calls, Cancel);

        var versions = (await HistoryAsync(store, "", Cancel)).Versions;
        versions.Select(v => (v.Kind, v.HasState, v.Basis)).ShouldBe(
            [(ObjectVersionKinds.Status, false, ObjectChangeBases.None), (ObjectVersionKinds.Changed, false, ObjectChangeBases.None), (ObjectVersionKinds.Changed, false, ObjectChangeBases.None), (ObjectVersionKinds.Created, true, ObjectChangeBases.Exact)]);
    }

    [Fact]
    public async Task Table_WithTheWholeObject_IsAState()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        var read = calls.Add("get", $$"""{"kind":"Table","metadata":{"resourceVersion":"10"},"rows":[{"cells":["web"],"object":{{Deployment(10)}} }]}""", change: call => call with { Object = new CallObject { ResourceVersion = "10" } });
        calls.Add("update", Deployment(11, generation: 2, replicas: 4), before: "10");
        await store.DeliverAsync(calls.Calls, Cancel);

        (await OfCallAsync<ObjectState>(store, read, "object", Cancel)).Text.ShouldStartWith("{\n  \"kind\": \"Deployment\"");
        (await HistoryAsync(store, "", Cancel)).Versions[0].ShouldSatisfyAllConditions(v => v.Basis.ShouldBe(ObjectChangeBases.Exact), v => v.ChangeCount.ShouldBe(1));
    }
}
