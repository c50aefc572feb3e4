using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Api.Tables;

public sealed class TableTests
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>As an API server of 1.20 answers; columns of <c>-o wide</c> have a star.</summary>
    [Theory]
    [InlineData("api/v1/namespaces", "Name,Status,Age")]
    [InlineData("api/v1/nodes", "Name,Status,Roles,Age,Version,Internal-IP*,External-IP*,OS-Image*,Kernel-Version*,Container-Runtime*")]
    [InlineData("api/v1/pods", "Name,Ready,Status,Restarts,Age,IP*,Node*,Nominated Node*,Readiness Gates*")]
    [InlineData("api/v1/services", "Name,Type,Cluster-IP,External-IP,Port(s),Age,Selector*")]
    [InlineData("api/v1/endpoints", "Name,Endpoints,Age")]
    [InlineData("api/v1/configmaps", "Name,Data,Age")]
    [InlineData("api/v1/secrets", "Name,Type,Data,Age")]
    [InlineData("api/v1/serviceaccounts", "Name,Secrets,Age")]
    [InlineData("api/v1/events", "Last Seen,Type,Reason,Object,Subobject*,Source*,Message,First Seen*,Count*,Name*")]
    [InlineData("apis/events.k8s.io/v1/events", "Last Seen,Type,Reason,Object,Subobject*,Source*,Message,First Seen*,Count*,Name*")]
    [InlineData("apis/apps/v1/deployments", "Name,Ready,Up-to-date,Available,Age,Containers*,Images*,Selector*")]
    [InlineData("apis/apps/v1/replicasets", "Name,Desired,Current,Ready,Age,Containers*,Images*,Selector*")]
    [InlineData("apis/batch/v1/cronjobs", "Name,Schedule,Suspend,Active,Last Schedule,Age,Containers*,Images*,Selector*")]
    [InlineData("apis/coordination.k8s.io/v1/leases", "Name,Holder,Age")]
    [InlineData("apis/rbac.authorization.k8s.io/v1/roles", "Name,Created At")]
    [InlineData("apis/rbac.authorization.k8s.io/v1/clusterrolebindings", "Name,Role,Age,Users*,Groups*,ServiceAccounts*")]
    public async Task Columns_AreTheApiServers(string path, string columns)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync("/" + path, Table);

        reply["kind"].ShouldBe("Table");
        reply["apiVersion"].ShouldBe("meta.k8s.io/v1");
        string.Join(',', reply.Body.Maps("columnDefinitions").Select(column => column.Text("name") + (column.Number("priority") == 1 ? "*" : ""))).ShouldBe(columns);
    }

    [Fact]
    public async Task Row_OfADeployment_ShowsItsState()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Deployments, Samples.Deployment("d"));
        await server.PatchAsync(Samples.Deployments + "/d/status", """{"status":{"replicas":1,"readyReplicas":1,"updatedReplicas":1}}""");

        var row = (await server.GetAsync(Samples.Deployments, Table)).Body.Maps("rows").Single();

        row["cells"]!.ToJsonString().ShouldMatch("""^\["d","1/1",1,0,"\d+s","c","registry/app:1","app=web"\]$""");
        row.Text("object.kind").ShouldBe("PartialObjectMetadata");
    }

    [Theory]
    [InlineData("None", "")]
    [InlineData("Object", "ConfigMap")]
    [InlineData("Metadata", "PartialObjectMetadata")]
    public async Task IncludeObject_Chooses(string include, string kind)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.GetAsync($"{Samples.ConfigMaps}?includeObject={include}", Table);

        reply.Body.Maps("rows").Single().Text("object.kind").ShouldBe(kind);
    }
}
