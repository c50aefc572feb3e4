using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.OpenApi;

/// <summary>The real kubectl, old and new, reads our documents.</summary>
public sealed class KubectlExplainTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pod.spec.containers", "livenessProbe", "Restarts the container when it fails")]
    [InlineData("pod.spec.containers", "One program of a pod", "image")]
    [InlineData("deployment.spec.strategy.rollingUpdate", "maxSurge", "Extra pods allowed")]
    [InlineData("deployment", "Keeps a number of equal pods running", "spec")]
    [InlineData("cronjob.spec.jobTemplate.spec", "backoffLimit", "Failures accepted")]
    [InlineData("role.rules", "resourceNames", "Only objects of these names")]
    [InlineData("lease.spec.renewTime", "When the holder last renewed it", "renewTime")]
    [InlineData("node.status.conditions", "lastHeartbeatTime", "Why, for people")]
    public async Task Explain_NewKubectl_ShowsFieldsAndDescriptions(string what, string first, string second)
        => await ExplainAsync(KubectlPrograms.Require(27, 99).Path, what, first, second);

    [Theory]
    [InlineData("pod.spec.containers", "livenessProbe", "Restarts the container when it fails")]
    [InlineData("deployment.spec.strategy.rollingUpdate", "maxSurge", "Extra pods allowed")]
    [InlineData("cronjob.spec.jobTemplate.spec", "backoffLimit", "Failures accepted")]
    [InlineData("service.spec.ports.targetPort", "targetPort", "Number or name of the pods' port")]
    public async Task Explain_OldKubectl_ShowsFieldsAndDescriptions(string what, string first, string second)
        => await ExplainAsync(KubectlPrograms.Require(18, 23).Path, what, first, second);

    [Fact]
    public async Task Explain_NewKubectl_AsksForVersion3()
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);

        (await host.Kubectl(KubectlPrograms.Require(27, 99).Path).RunAsync(["explain", "deployments", "--recursive"], Cancelled)).Require().ShouldContain("progressDeadlineSeconds");

        host.Requests.ShouldContain(request => request.StartsWith("GET /openapi/v3/apis/apps/v1?hash=", StringComparison.Ordinal));
        host.Requests.ShouldNotContain(request => request.Contains("/openapi/v2", StringComparison.Ordinal));
        // There is a protobuf form of version 3 too; nobody needs it.
        host.Requests.ShouldNotContain(request => request.Contains("spec.v3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(18, 23)]
    [InlineData(27, 99)]
    public async Task Apply_ServerDryRun_IsBelievedPossible(int oldest, int newest)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        var kubectl = host.Kubectl(KubectlPrograms.Require(oldest, newest).Path);

        var applied = await kubectl.RunAsync(["apply", "--dry-run=server", "-f", "-"], Cancelled, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","namespace":"default"},"data":{"a":"b"}}""");

        applied.Require().ShouldContain("configmap/x created (server dry run)");
        host.Requests.ShouldContain(request => request.StartsWith("POST /api/v1/namespaces/default/configmaps?dryRun=All", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(18, 23)]
    [InlineData(27, 99)]
    public async Task Create_UnknownField_IsFoundByTheSchemaOrLeftToTheServer(int oldest, int newest)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        var kubectl = host.Kubectl(KubectlPrograms.Require(oldest, newest).Path);

        var created = await kubectl.RunAsync(["create", "-f", "-"], Cancelled, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x","namespace":"default"},"spec":{"replica":1,"selector":{},"template":{}}}""");

        if (host.Requests.FirstOrDefault(request => request.StartsWith("POST", StringComparison.Ordinal)) is { } sent)
        {
            sent.ShouldContain("fieldValidation=Strict");
        }
        else
        {
            created.Error.ShouldContain("unknown field \"replica\" in io.k8s.api.apps.v1.DeploymentSpec");
        }
    }

    private static async Task ExplainAsync(string program, string what, string first, string second)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);

        var explained = (await host.Kubectl(program).RunAsync(["explain", what], Cancelled)).Require();

        explained.ReplaceLineEndings(" ").ShouldContain(first);
        explained.ReplaceLineEndings(" ").ShouldContain(second);
    }
}
