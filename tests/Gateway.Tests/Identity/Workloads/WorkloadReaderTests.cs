using KubeLens.Gateway.Identity.Workloads;

namespace KubeLens.Gateway.Tests.Identity.Workloads;

public sealed class WorkloadReaderTests
{
    private const string User = "system:serviceaccount:prod:ci";
    private const string Claims = """{"kubernetes.io":{"namespace":"prod","node":{"name":"worker-1","uid":"n"},"pod":{"name":"ci-0","uid":"u-1"},"serviceaccount":{"name":"ci"}}}""";

    [Fact]
    public void Review_SaysAll_IsBelievedBeforeTheClaims()
    {
        var workload = Review(Claims, ("pod-name", "ci-9"), ("pod-uid", "u-9"), ("node-name", "worker-9"));

        Parts(workload).ShouldBe(("prod", "ci-9", "u-9", "worker-9"));
    }

    [Fact]
    public void Review_OfAnOlderCluster_LacksTheNodeOnly()
    {
        var workload = Review("""{"kubernetes.io":{"pod":{"name":"ci-0","uid":"u-1"}}}""", ("pod-name", "ci-0"), ("pod-uid", "u-1"));

        Parts(workload).ShouldBe(("prod", "ci-0", "u-1", ""));
        workload.LacksNode.ShouldBeTrue();
    }

    [Fact]
    public void Review_WithoutExtra_TakesTheClaims() => Parts(Review(Claims)).ShouldBe(("prod", "ci-0", "u-1", "worker-1"));

    [Theory]
    [InlineData("""{"sub":"system:serviceaccount:prod:ci"}""")]
    [InlineData("""{"kubernetes.io":"prod"}""")]
    [InlineData("""{"kubernetes.io":{"pod":"ci-0","node":7}}""")]
    [InlineData("""{"kubernetes.io":{"pod":{"name":7},"node":{"name":null}}}""")]
    [InlineData("""{"kubernetes.io":{"pod":{"name":"\ud800"}}}""")]
    [InlineData("[]")]
    public void Claims_OfNoPod_AreNoWorkload(string claims) => WorkloadReader.OfClaims(User, TestTokens.Of(claims)).ShouldBeSameAs(Workload.None);

    [Theory]
    [InlineData("../../secrets")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("")]
    public void Claims_NameThatNoPodCanHave_IsNobodys(string pod) =>
        WorkloadReader.OfClaims(User, TestTokens.Of($$"""{"kubernetes.io":{"pod":{"name":"{{pod}}"} } }""")).Pod.ShouldBe("");

    [Theory]
    [InlineData("alice")]
    [InlineData("system:serviceaccount:prod")]
    [InlineData("system:serviceaccount:PROD/..:ci")]
    [InlineData("oidc#system:serviceaccount:prod:ci")]
    public void Claims_OfAnotherUser_AreNoWorkload(string user) => WorkloadReader.OfClaims(user, TestTokens.Of(Claims)).ShouldBeSameAs(Workload.None);

    [Fact]
    public void Opaque_Token_IsNoWorkload() => WorkloadReader.OfReview(User, [], "opaque").ShouldBeSameAs(Workload.None);

    [Theory]
    [InlineData("system:node:worker-1", "system:nodes", "worker-1")]
    [InlineData("system:node:worker-1", "dev", "")]
    [InlineData("worker-1", "system:nodes", "")]
    public void Node_User_IsTheNode(string user, string group, string expected) => WorkloadReader.OfNode(user, [group]).Node.ShouldBe(expected);

    private static Workload Review(string claims, params (string Key, string Value)[] extra) =>
        WorkloadReader.OfReview(User, [.. extra.Select(one => KeyValuePair.Create("authentication.kubernetes.io/" + one.Key, (IReadOnlyList<string>)[one.Value]))], TestTokens.Of(claims));

    private static (string Namespace, string Pod, string Uid, string Node) Parts(Workload workload) => (workload.Namespace, workload.Pod, workload.Uid, workload.Node);
}
