namespace KubeLens.Testing.Tests.Cluster;

public sealed class TestClusterTests(TestCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("admin", "create namespaces", "yes")]
    [InlineData("alice", "list configmaps", "yes")]
    [InlineData("alice", "list secrets", "no")]
    [InlineData("gateway", "impersonate users", "yes")]
    [InlineData("app", "list pods", "yes")]
    [InlineData("app", "delete pods", "no")]
    public async Task Kubeconfig_OfEachUser_MayWhatItShould(string user, string action, string answer)
    {
        var access = await cluster.RequireAsync(Token);

        var result = await access.Kubectl(user).RunAsync(["auth", "can-i", .. action.Split(' '), "--namespace", "default"], Token);

        result.Output.Trim().ShouldBe(answer, result.Error);
    }

    [Fact]
    public async Task AuditLog_AfterACall_HasIt()
    {
        var access = await cluster.RequireAsync(Token);
        Assert.SkipWhen(access.AuditLog is null, "The running cluster's audit log is not beside its kubeconfigs.");
        var name = $"audit-{Guid.NewGuid():N}";

        await access.Kubectl("admin").RunAsync(["get", "configmap", name], Token);

        await Eventually.Async(() => File.ReadAllText(access.AuditLog!).Contains(name, StringComparison.Ordinal), Token);
    }
}
