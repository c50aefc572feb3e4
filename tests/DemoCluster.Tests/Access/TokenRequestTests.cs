using System.Buffers.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Tests.Access.Support;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Access;

public sealed class TokenRequestTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/shop/serviceaccounts/robot/token";
    private const string Pods = "/api/v1/namespaces/shop/pods";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private DemoHost _host = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DemoHost.StartAsync(_clock);
        _admin = _host.Client("admin");
        _host.Create("ServiceAccount", Samples.Robot);
        _host.Create("Pod", Samples.SinglePod);
        _host.Create("RoleBinding", """{ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": { "name": "robot", "namespace": "shop" }, "roleRef": { "kind": "ClusterRole", "name": "view" }, "subjects": [{ "kind": "ServiceAccount", "name": "robot", "namespace": "shop" }] }""");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Token_BoundToAPod_SaysWhichAndWhere()
    {
        var (code, answer) = await DemoHost.PostAsync(_admin, Path, """{ "spec": { "expirationSeconds": 600, "boundObjectRef": { "kind": "Pod", "apiVersion": "v1", "name": "single" } } }""");

        code.ShouldBe(201);
        var token = (string)answer["status"]!["token"]!;
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        ((string)claims["sub"]!).ShouldBe("system:serviceaccount:shop:robot");
        ((string)claims["kubernetes.io"]!["pod"]!["uid"]!).ShouldBe(Uid("Pod", "shop", "single"));
        ((string)claims["kubernetes.io"]!["node"]!["name"]!).ShouldBe("node-1");
        ((string)claims["kubernetes.io"]!["node"]!["uid"]!).ShouldBe(Uid("Node", "", "node-1"));
        ((long)claims["exp"]! - (long)claims["iat"]!).ShouldBe(600);

        var (_, review) = await DemoHost.PostAsync(_admin, "/apis/authentication.k8s.io/v1/tokenreviews", $$"""{ "spec": { "token": "{{token}}" } }""");
        var user = review["status"]!["user"]!;
        ((string)user["uid"]!).ShouldBe(Uid("ServiceAccount", "shop", "robot"));
        ((string)user["extra"]!["authentication.kubernetes.io/pod-name"]![0]!).ShouldBe("single");
        ((string)user["extra"]!["authentication.kubernetes.io/node-name"]![0]!).ShouldBe("node-1");
    }

    [Fact]
    public async Task Token_WhileItHolds_IsTheServiceAccount_AndNobodyAfterItsTime()
    {
        var client = _host.Client(token: await TokenAsync("""{ "spec": { "expirationSeconds": 600 } }"""));

        var (code, body) = await DemoHost.GetAsync(client, Pods);
        (code, (string)body["user"]!).ShouldBe((200, "system:serviceaccount:shop:robot"));

        _clock.Advance(TimeSpan.FromSeconds(600));
        (await DemoHost.GetAsync(client, Pods)).Code.ShouldBe(401);
    }

    [Theory]
    [InlineData("ServiceAccount", "robot")]
    [InlineData("Pod", "single")]
    public async Task Token_ItsObjectGone_IsRefused(string kind, string name)
    {
        var client = _host.Client(token: await TokenAsync("""{ "spec": { "boundObjectRef": { "kind": "Pod", "apiVersion": "v1", "name": "single" } } }"""));
        (await DemoHost.GetAsync(client, Pods)).Code.ShouldBe(200);

        _host.Store.Delete(ResourceKinds.Named(kind), "shop", name);

        (await DemoHost.GetAsync(client, Pods)).Code.ShouldBe(401);
    }

    [Fact]
    public async Task Token_ForAnotherAudience_IsRefusedHereAndGoodThere()
    {
        var token = await TokenAsync("""{ "spec": { "audiences": ["vault"] } }""");

        (await DemoHost.GetAsync(_host.Client(token: token), Pods)).Code.ShouldBe(401);
        var (_, review) = await DemoHost.PostAsync(_admin, "/apis/authentication.k8s.io/v1/tokenreviews", $$"""{ "spec": { "token": "{{token}}", "audiences": ["vault", "other"] } }""");
        ((bool)review["status"]!["authenticated"]!).ShouldBeTrue();
        review["status"]!["audiences"]!.ToJsonString().ShouldBe("""["vault"]""");
    }

    [Theory]
    [InlineData("""{ "spec": { "expirationSeconds": 599 } }""", 422, "TokenRequest.authentication.k8s.io \"robot\" is invalid: spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes")]
    [InlineData("""{ "spec": { "expirationSeconds": "x" } }""", 400, "spec.expirationSeconds: has to be a number of seconds")]
    [InlineData("""{ "spec": { "boundObjectRef": { "kind": "Pod", "name": "none" } } }""", 404, "pods \"none\" not found")]
    [InlineData("""{ "spec": { "boundObjectRef": { "kind": "Pod", "name": "single", "uid": "x" } } }""", 409, "the UID in the bound object reference (x) does not match the UID in record")]
    [InlineData("""{ "spec": { "boundObjectRef": { "kind": "Secret", "apiVersion": "v1", "name": "s" } } }""", 400, "cannot bind token to object of type v1, Kind=Secret")]
    public async Task Token_BadRequest_NamesTheProblem(string body, int expected, string problem)
    {
        var (code, answer) = await DemoHost.PostAsync(_admin, Path, body);

        code.ShouldBe(expected);
        ((string)answer["message"]!).ShouldContain(problem);
    }

    [Fact]
    public async Task Token_SignatureChanged_IsRefused()
    {
        var parts = (await TokenAsync("{}")).Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        claims["sub"] = "system:serviceaccount:kube-system:default";
        var forged = $"{parts[0]}.{Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";

        (await DemoHost.GetAsync(_host.Client(token: forged), Pods)).Code.ShouldBe(401);
    }

    private async Task<string> TokenAsync(string body)
    {
        var (code, answer) = await DemoHost.PostAsync(_admin, Path, body);
        code.ShouldBe(201, answer.ToJsonString());
        return (string)answer["status"]!["token"]!;
    }

    private string Uid(string kind, string ns, string name) => (string)_host.Store.Find(ResourceKinds.Named(kind), ns, name)!["metadata"]!["uid"]!;
}
