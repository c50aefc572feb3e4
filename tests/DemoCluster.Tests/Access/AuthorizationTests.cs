using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Access.Rbac;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Kinds.Rules;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Tests.Access.Support;

namespace KubeLens.DemoCluster.Tests.Access;

public sealed class AuthorizationTests : IAsyncLifetime
{
    private DemoHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DemoHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/namespaces/shop/pods", "pods is forbidden: User \"mallory@example.com\" cannot list resource \"pods\" in API group \"\" in the namespace \"shop\"", """{"kind":"pods"}""")]
    [InlineData("/api/v1/namespaces/shop/pods/web/log", "pods \"web\" is forbidden: User \"mallory@example.com\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"shop\"", """{"name":"web","kind":"pods"}""")]
    [InlineData("/apis/apps/v1/deployments?watch=1", "deployments.apps is forbidden: User \"mallory@example.com\" cannot watch resource \"deployments\" in API group \"apps\" at the cluster scope", """{"group":"apps","kind":"deployments"}""")]
    [InlineData("/metrics", "forbidden: User \"mallory@example.com\" cannot get path \"/metrics\"", "{}")]
    public async Task Denied_IsForbiddenInTheApiServersWords(string path, string message, string details)
    {
        var (code, body) = await DemoHost.GetAsync(_host.Client("mallory@example.com"), path);

        code.ShouldBe(403);
        ((string)body["reason"]!).ShouldBe("Forbidden");
        ((string)body["message"]!).ShouldBe(message);
        body["details"]!.ToJsonString().ShouldBe(details);
    }

    [Theory]
    [InlineData("alice@example.com", "/api/v1/namespaces/shop/secrets", 200)]
    [InlineData("alice@example.com", "/api/v1/nodes", 403)]
    [InlineData("alice@example.com", "/apis/rbac.authorization.k8s.io/v1/clusterroles", 403)]
    [InlineData("carol@example.com", "/api/v1/nodes", 200)]
    [InlineData("carol@example.com", "/apis/rbac.authorization.k8s.io/v1/clusterroles", 200)]
    [InlineData("mallory@example.com", "/api/v1/namespaces", 200)]
    [InlineData("dave@example.com", "/api/v1/namespaces/shop/pods/web/exec?command=sh", 404)]
    [InlineData("kubelens-gateway", "/api/v1/pods", 403)]
    [InlineData("admin", "/anything", 404)]
    [InlineData("system:kube-scheduler", "/api/v1/pods?watch=true&timeoutSeconds=1", 200)]
    [InlineData("system:kube-controller-manager", "/apis/apps/v1/deployments", 200)]
    [InlineData("system:node:node-1", "/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-1", 200)]
    [InlineData("stranger", "/api", 200)]
    [InlineData("stranger", "/api/v1/pods", 403)]
    public async Task DemoUsers_MayWhatTheirStoryNeeds(string user, string path, int expected)
    {
        var (code, body) = await DemoHost.GetAsync(_host.Client(user), path);

        code.ShouldBe(expected, body.ToJsonString());
    }

    [Fact]
    public async Task Binding_MadeWhileRunning_CountsAtOnceAndNoLongerWhenGone()
    {
        var client = _host.Client("mallory@example.com");
        (await DemoHost.GetAsync(client, "/api/v1/namespaces/shop/pods")).Code.ShouldBe(403);

        _host.Create("RoleBinding", """{ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": { "name": "guest", "namespace": "shop" }, "roleRef": { "kind": "ClusterRole", "name": "view" }, "subjects": [{ "kind": "User", "name": "mallory@example.com" }] }""");
        (await DemoHost.GetAsync(client, "/api/v1/namespaces/shop/pods")).Code.ShouldBe(200);
        (await DemoHost.GetAsync(client, "/api/v1/namespaces/other/pods")).Code.ShouldBe(403);

        _host.Store.Delete(ResourceKinds.Named("RoleBinding"), "shop", "guest");
        (await DemoHost.GetAsync(client, "/api/v1/namespaces/shop/pods")).Code.ShouldBe(403);
    }

    [Fact]
    public void Requests_WithoutChangesToRoles_DoNotReadThemAgain()
    {
        var revisions = new RevisionStore();
        var store = new CountingStore(new ObjectStore(revisions, new KindRules(new ServiceAddresses(revisions)), TimeProvider.System));
        var authorizer = new RbacAuthorizer(store);
        var attributes = new AccessAttributes { User = new DemoUser("alice@example.com", []), Verb = "list", Resource = "pods" };
        authorizer.Decide(attributes);
        var lists = store.Lists;

        store.Create(ResourceKinds.Named("Namespace"), new JsonObject { ["metadata"] = new JsonObject { ["name"] = "shop" } });
        authorizer.Decide(attributes);
        store.Lists.ShouldBe(lists);

        store.Create(ResourceKinds.Named("ClusterRole"), new JsonObject { ["metadata"] = new JsonObject { ["name"] = "reader" } });
        authorizer.Decide(attributes);
        store.Lists.ShouldBeGreaterThan(lists);
    }
}
