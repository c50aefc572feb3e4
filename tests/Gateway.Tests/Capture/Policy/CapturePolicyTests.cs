using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Tests.Capture.Policy;

public sealed class CapturePolicyTests
{
    [Theory]
    [InlineData("""{ }""", "GET /api/v1/pods", true)]
    [InlineData("""{"Verbs":["list"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"Verbs":["list"]}""", "GET /api/v1/pods?watch=1", false)]
    [InlineData("""{"Verbs":["get","watch"]}""", "GET /api/v1/pods?watch=1", true)]
    [InlineData("""{"Verbs":["*"]}""", "DELETE /api/v1/namespaces/x/pods", true)]
    [InlineData("""{"Resources":["pods"]}""", "GET /api/v1/namespaces/x/pods/p", true)]
    [InlineData("""{"Resources":["pods"]}""", "GET /api/v1/namespaces/x/pods/p/log", false)]
    [InlineData("""{"Resources":["pods/log"]}""", "GET /api/v1/namespaces/x/pods/p/log", true)]
    [InlineData("""{"Resources":["pods/*"]}""", "GET /api/v1/namespaces/x/pods/p/log", true)]
    [InlineData("""{"Resources":["pods/*"]}""", "GET /api/v1/namespaces/x/pods/p", false)]
    [InlineData("""{"Resources":["*/status"]}""", "PATCH /apis/apps/v1/namespaces/x/deployments/d/status", true)]
    [InlineData("""{"Resources":["*/status"]}""", "PATCH /apis/apps/v1/namespaces/x/deployments/d/scale", false)]
    [InlineData("""{"Resources":["*"]}""", "GET /api/v1/namespaces/x/pods/p/log", true)]
    [InlineData("""{"Resources":["*"]}""", "GET /healthz", false)]
    [InlineData("""{"ApiGroups":["apps"]}""", "GET /apis/apps/v1/deployments", true)]
    [InlineData("""{"ApiGroups":["apps"]}""", "GET /api/v1/pods", false)]
    [InlineData("""{"ApiGroups":["core"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"ApiGroups":[""]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"ApiGroups":[""]}""", "GET /apis/apps/v1/deployments", false)]
    [InlineData("""{"ApiGroups":["core"]}""", "GET /version", false)]
    [InlineData("""{"Namespaces":["kube-*"]}""", "GET /api/v1/namespaces/kube-system/pods", true)]
    [InlineData("""{"Namespaces":["kube-*"]}""", "GET /api/v1/pods", false)]
    [InlineData("""{"Namespaces":[""]}""", "GET /api/v1/nodes", true)]
    [InlineData("""{"Names":["a","b*"]}""", "GET /api/v1/namespaces/x/pods/bcd", true)]
    [InlineData("""{"Names":["a","b*"]}""", "GET /api/v1/namespaces/x/pods/c", false)]
    [InlineData("""{"Names":["a"]}""", "GET /api/v1/namespaces/x/pods?fieldSelector=metadata.name%3Da", true)]
    [InlineData("""{"NonResourcePaths":["/healthz*"]}""", "GET /healthz/etcd", true)]
    [InlineData("""{"NonResourcePaths":["/healthz*"]}""", "GET /version", false)]
    [InlineData("""{"NonResourcePaths":["*"]}""", "GET /api/v1/pods", false)]
    [InlineData("""{"Users":["alice"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"Users":["ali*","bob"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"Users":["Alice"]}""", "GET /api/v1/pods", false)]
    [InlineData("""{"Groups":["none","dev*"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"Groups":["none"]}""", "GET /api/v1/pods", false)]
    [InlineData("""{"UserAgents":["kubectl/*"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"UserAgents":["curl/*"]}""", "GET /api/v1/pods", false)]
    [InlineData("""{"Clusters":["pro*"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"Clusters":["stage"]}""", "GET /api/v1/pods", false)]
    [InlineData("""{"Clusters":["prod"],"Verbs":["list"],"Resources":["pods"],"Users":["alice"],"Groups":["ops"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"Clusters":["prod"],"Verbs":["list"],"Resources":["pods"],"Users":["bob"],"Groups":["ops"]}""", "GET /api/v1/pods", false)]
    public void Find_Rule_MatchesWhatAllItsListsSay(string rule, string request, bool matches)
    {
        var policy = Policies.Of(rule.Insert(1, rule == "{ }" ? "\"Level\":\"metadata\"" : "\"Level\":\"metadata\",")).General;

        var found = policy.Find(Call(request));

        (found is not null).ShouldBe(matches);
        if (found is not null)
        {
            (found.Key, found.Level).ShouldBe(("Capture:Policy:0", CaptureLevel.Metadata));
        }
    }

    [Theory]
    [InlineData("GET /api/v1/namespaces/x/secrets/s", "Capture:Policy:0")]
    [InlineData("GET /api/v1/namespaces/x/pods", "Capture:Policy:1")]
    [InlineData("POST /api/v1/namespaces/x/pods", null)]
    public void Find_SeveralMatch_TheFirstCounts(string request, string? key)
    {
        var policy = Policies.Of("""{"Level":"request","Resources":["secrets"]},{"Level":"metadata","Verbs":["get","list"]}""").General;

        policy.Find(Call(request))?.Key.ShouldBe(key);
        (policy.Find(Call(request)) is null).ShouldBe(key is null);
    }

    [Fact]
    public void Find_MoreThanTenRules_AreInTheOrderOfTheirNumbers()
    {
        var rules = Enumerable.Range(0, 12).Select(i => $$"""{"Level":"metadata","Users":["{{(i < 10 ? $"u{i}" : "*")}}"]}""");

        Policies.Of(string.Join(',', rules)).General.Find(Call("GET /version"))!.Key.ShouldBe("Capture:Policy:10");
    }

    [Fact]
    public void Find_UserUnknown_MatchesNoRuleThatNamesUsers()
    {
        var call = new PolicyCall("prod", RequestInfoParser.Parse("GET", "/version"), "", [], "");

        Policies.Of("""{"Level":"none","Users":["*"]}""").General.Find(call).ShouldBeNull();
    }

    [Fact]
    public void For_ClusterWithRulesOfItsOwn_TheyGoBeforeTheGeneralOnes()
    {
        var policies = Policies.Read("""
            {"Capture":{"Policy":[{"Level":"metadata"}]},
             "Cluster":{"Policy":[{"Level":"request","Verbs":["get"]}]},
             "Clusters":{"prod":{"Policy":[{"Level":"none","Verbs":["list"]}]},"stage":{}}}
            """);

        policies.For("Clusters:prod").Find(Call("GET /api/v1/pods"))!.Key.ShouldBe("Clusters:prod:Policy:0");
        policies.For("Clusters:prod").Find(Call("GET /version"))!.Key.ShouldBe("Capture:Policy:0");
        policies.For("Clusters:stage").Find(Call("GET /api/v1/pods"))!.Key.ShouldBe("Capture:Policy:0");
        policies.For("Cluster").Find(Call("GET /version"))!.Key.ShouldBe("Cluster:Policy:0");
    }

    [Fact]
    public void Takes_OneInThree_IsTheFirstAndThenEveryThird()
    {
        var rule = Policies.Of("""{"Level":"metadata","Sample":3}""").General.Find(Call("GET /api/v1/pods"))!;

        Enumerable.Range(0, 9).Select(_ => rule.Takes()).ShouldBe([true, false, false, true, false, false, true, false, false]);
    }

    [Fact]
    public async Task Takes_FromManyThreads_IsExact()
    {
        var rule = Policies.Of("""{"Level":"metadata","Sample":7}""").General.Find(Call("GET /api/v1/pods"))!;
        var taken = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 7_000; i++)
            {
                Interlocked.Add(ref taken, rule.Takes() ? 1 : 0);
            }
        })));

        taken.ShouldBe(4_000);
    }

    [Fact]
    public void Find_ManyRules_AllocatesNothing()
    {
        var policy = Policies.Of("""{"Level":"none","Users":["bob*"],"Groups":["x"]},{"Level":"none","Resources":["*/status"],"ApiGroups":["apps"]},{"Level":"metadata","UserAgents":["kube*"]}""").General;
        var call = Call("GET /api/v1/namespaces/x/pods/p");
        policy.Find(call);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            policy.Find(call);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static PolicyCall Call(string request) =>
        new("prod", RequestInfoParser.Parse(request.Split(' ')[0], request.Split(' ')[1]), "alice", ["dev-team", "ops"], "kubectl/v1.32");
}
