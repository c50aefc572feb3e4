using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Tests.Access.Support;

namespace KubeLens.DemoCluster.Tests.Access;

public sealed class ImpersonationTests : IAsyncLifetime
{
    private DemoHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DemoHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Kubectl_AsAUserWithGroups_IsThatUserWithGroupsAndAuthenticated()
    {
        var result = await _host.Kubectl("gateway.kubeconfig").RunAsync(
            ["auth", "whoami", "--output", "json", "--as", "zoe", "--as-group", "dev", "--as-group", "sre", "--as-uid", "7"],
            TestContext.Current.CancellationToken);

        result.Error.ShouldBeEmpty();
        var body = JsonNode.Parse(result.Output)!;
        var user = body["status"]!["userInfo"]!;
        ((string)user["username"]!).ShouldBe("zoe");
        ((string)user["uid"]!).ShouldBe("7");
        user["groups"]!.AsArray().Select(group => (string)group!).ShouldBe(["dev", "sre", "system:authenticated"]);
    }

    [Fact]
    public async Task Gateway_WithExtra_IsAllowedAnyKey()
    {
        var (code, body) = await DemoHost.PostAsync(
            _host.Client("kubelens-gateway"),
            "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            "{}",
            ("Impersonate-User", "zoe"), ("Impersonate-Uid", "7"), ("Impersonate-Extra-Example.com%2Fscope", "a"));

        code.ShouldBe(201);
        body["status"]!.ToJsonString().ShouldBe("""{"userInfo":{"username":"zoe","uid":"7","groups":["system:authenticated"],"extra":{"example.com/scope":["a"]}}}""");
    }

    [Fact]
    public async Task Gateway_AsAServiceAccount_GetsItsGroups()
    {
        var (_, body) = await DemoHost.GetAsync(_host.Client("kubelens-gateway"), "/version", ("Impersonate-User", "system:serviceaccount:shop:robot"));

        body["groups"]!.AsArray().Select(group => (string)group!).ShouldBe(["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"]);
    }

    [Fact]
    public async Task Impersonated_MayWhatTheUserMay_NotWhatTheImpersonatorMay()
    {
        var (code, body) = await DemoHost.GetAsync(_host.Client("admin"), "/api/v1/secrets", ("Impersonate-User", "zoe"));

        code.ShouldBe(403);
        ((string)body["message"]!).ShouldBe("secrets is forbidden: User \"zoe\" cannot list resource \"secrets\" in API group \"\" at the cluster scope");
    }

    [Theory]
    [InlineData("alice@example.com", "Impersonate-User", "bob", "users \"bob\" is forbidden: User \"alice@example.com\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope")]
    [InlineData("mallory@example.com", "Impersonate-User", "system:serviceaccount:default:foo", "serviceaccounts \"foo\" is forbidden: User \"mallory@example.com\" cannot impersonate resource \"serviceaccounts\" in API group \"\" in the namespace \"default\"")]
    public async Task NotAllowed_IsForbiddenInTheApiServersWords(string user, string header, string value, string message)
    {
        var (code, body) = await DemoHost.GetAsync(_host.Client(user), "/version", (header, value));

        code.ShouldBe(403);
        ((string)body["message"]!).ShouldBe(message);
    }

    [Theory]
    [InlineData("Impersonate-Group", "system:masters", "groups \"system:masters\" is forbidden: User \"keeper\" cannot impersonate resource \"groups\" in API group \"\" at the cluster scope")]
    [InlineData("Impersonate-Extra-Scopes", "all", "userextras.authentication.k8s.io \"all\" is forbidden: User \"keeper\" cannot impersonate resource \"userextras/scopes\" in API group \"authentication.k8s.io\" at the cluster scope")]
    [InlineData("Impersonate-Uid", "7", "uids.authentication.k8s.io \"7\" is forbidden: User \"keeper\" cannot impersonate resource \"uids\" in API group \"authentication.k8s.io\" at the cluster scope")]
    public async Task MayImpersonateUsersOnly_MoreThanAUserIsForbidden(string header, string value, string message)
    {
        _host.Create("ClusterRole", """{ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": { "name": "keeper" }, "rules": [{ "apiGroups": [""], "resources": ["users"], "resourceNames": ["bob"], "verbs": ["impersonate"] }] }""");
        _host.Create("ClusterRoleBinding", """{ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": { "name": "keeper" }, "roleRef": { "kind": "ClusterRole", "name": "keeper" }, "subjects": [{ "kind": "User", "name": "keeper" }] }""");
        var client = _host.Client("keeper");

        (await DemoHost.GetAsync(client, "/version", ("Impersonate-User", "bob"))).Code.ShouldBe(200);
        var (code, body) = await DemoHost.GetAsync(client, "/version", ("Impersonate-User", "bob"), (header, value));

        code.ShouldBe(403);
        ((string)body["message"]!).ShouldBe(message);
    }

    [Fact]
    public async Task GroupWithoutUser_IsAnError()
    {
        var (code, body) = await DemoHost.GetAsync(_host.Client("admin"), "/api/v1/pods", ("Impersonate-Group", "dev"));

        code.ShouldBe(500);
        ((string)body["message"]!).ShouldContain("without impersonating a user");
    }

    [Fact]
    public async Task AsAnonymous_IsNotAuthenticated()
    {
        var (code, body) = await DemoHost.GetAsync(_host.Client("kubelens-gateway"), "/api", ("Impersonate-User", "system:anonymous"));

        code.ShouldBe(403);
        ((string)body["message"]!).ShouldBe("forbidden: User \"system:anonymous\" cannot get path \"/api\"");
    }
}
