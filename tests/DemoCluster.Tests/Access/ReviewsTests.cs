using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Tests.Access.Support;

namespace KubeLens.DemoCluster.Tests.Access;

public sealed class ReviewsTests : IAsyncLifetime
{
    private const string Authentication = "/apis/authentication.k8s.io/v1";
    private const string Authorization = "/apis/authorization.k8s.io/v1";

    private DemoHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DemoHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task TokenReview_GoodToken_SaysWhoseItIs()
    {
        var answer = await ReviewAsync("kubelens-gateway", $"{Authentication}/tokenreviews", $$"""{ "spec": { "token": "{{_host.Token("alice@example.com")}}" } }""");

        ((string)answer["kind"]!).ShouldBe("TokenReview");
        answer["status"]!.ToJsonString().ShouldBe("""{"authenticated":true,"user":{"username":"alice@example.com","groups":["dev","system:authenticated"]},"audiences":["https://kubernetes.default.svc"]}""");
    }

    [Fact]
    public async Task TokenReview_BadToken_SaysSo()
    {
        var answer = await ReviewAsync("kubelens-gateway", $"{Authentication}/tokenreviews", """{ "spec": { "token": "abc" } }""");

        answer["status"]!.ToJsonString().ShouldBe("""{"user":{},"error":"invalid bearer token"}""");
    }

    [Fact]
    public async Task TokenReview_ByAUserWithoutTheRight_IsForbidden()
    {
        var (code, _) = await DemoHost.PostAsync(_host.Client("alice@example.com"), $"{Authentication}/tokenreviews", """{ "spec": { "token": "abc" } }""");

        code.ShouldBe(403);
    }

    [Theory]
    [InlineData("""{ "user": "alice@example.com", "groups": ["dev"], "resourceAttributes": { "verb": "list", "resource": "pods", "namespace": "shop" } }""", """{"allowed":true,"reason":"RBAC: allowed by ClusterRoleBinding \"developers\" of ClusterRole \"edit\" to Group \"dev\""}""")]
    [InlineData("""{ "user": "bob", "resourceAttributes": { "verb": "list", "resource": "pods" } }""", """{"allowed":false}""")]
    [InlineData("""{ "groups": ["system:authenticated"], "nonResourceAttributes": { "verb": "get", "path": "/api" } }""", """{"allowed":true,"reason":"RBAC: allowed by ClusterRoleBinding \"system:discovery\" of ClusterRole \"system:discovery\" to Group \"system:authenticated\""}""")]
    public async Task SubjectAccessReview_Asked_DecidesAsAuthorizationDoes(string spec, string status)
    {
        var answer = await ReviewAsync("kubelens-gateway", $"{Authorization}/subjectaccessreviews", $$"""{ "spec": {{spec}} }""");

        JsonNode.DeepEquals(answer["status"], JsonNode.Parse(status)).ShouldBeTrue(answer["status"]!.ToJsonString());
    }

    [Theory]
    [InlineData("subjectaccessreviews", """{ "spec": { "user": "bob" } }""", "spec.resourceAttributes: Invalid value: \"null\": exactly one of nonResourceAttributes or resourceAttributes must be specified")]
    [InlineData("subjectaccessreviews", """{ "spec": { "resourceAttributes": {} } }""", "spec.user: Invalid value: \"\": at least one of user or group must be specified")]
    [InlineData("subjectaccessreviews", """{ "spec": { "user": "bob", "resourceAttributes": {}, "nonResourceAttributes": {} } }""", "spec.nonResourceAttributes: Invalid value: \"\": cannot be specified in combination with resourceAttributes")]
    [InlineData("namespaces/shop/localsubjectaccessreviews", """{ "spec": { "user": "bob", "resourceAttributes": { "namespace": "x" } } }""", "spec.resourceAttributes.namespace: Invalid value: \"x\": must match metadata.namespace")]
    public async Task AccessReview_Nonsense_NamesTheField(string path, string body, string problem)
    {
        var (code, answer) = await DemoHost.PostAsync(_host.Client("admin"), $"{Authorization}/{path}", body);

        code.ShouldBe(422);
        ((string)answer["message"]!).ShouldBe($" \"\" is invalid: {problem}");
    }

    [Fact]
    public async Task SelfSubjectAccessReview_IsAboutTheCaller()
    {
        const string Body = """{ "spec": { "resourceAttributes": { "verb": "create", "resource": "pods", "subresource": "exec", "namespace": "shop" } } }""";

        ((bool)(await ReviewAsync("alice@example.com", $"{Authorization}/selfsubjectaccessreviews", Body))["status"]!["allowed"]!).ShouldBeTrue();
        ((bool)(await ReviewAsync("mallory@example.com", $"{Authorization}/selfsubjectaccessreviews", Body))["status"]!["allowed"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task SelfSubjectRulesReview_ListsWhatTheCallerMay()
    {
        var answer = await ReviewAsync("mallory@example.com", $"{Authorization}/selfsubjectrulesreviews", """{ "spec": { "namespace": "shop" } }""");

        answer["status"]!["resourceRules"]!.ToJsonString().ShouldContain("""{"verbs":["get","list","watch"],"apiGroups":[""],"resources":["namespaces","events"]}""");
        answer["status"]!["nonResourceRules"]!.ToJsonString().ShouldContain("/openapi/*");
    }

    [Fact]
    public async Task SelfSubjectRulesReview_NoNamespace_IsABadRequest()
    {
        var (code, answer) = await DemoHost.PostAsync(_host.Client("admin"), $"{Authorization}/selfsubjectrulesreviews", """{ "spec": {} }""");

        (code, (string)answer["message"]!).ShouldBe((400, "no namespace on request"));
    }

    [Fact]
    public async Task Kubectl_AuthCommands_Understand()
    {
        var kubectl = _host.Kubectl();
        string[] asMallory = ["--as", "mallory@example.com", "--as-group", "contractors", "--namespace", "shop"];

        var whoami = await kubectl.RunAsync(["auth", "whoami"], TestContext.Current.CancellationToken);
        whoami.Output.ShouldContain("system:masters", customMessage: whoami.Error);
        (await kubectl.RunAsync(["auth", "can-i", "list", "pods", .. asMallory], TestContext.Current.CancellationToken)).Output.Trim().ShouldBe("no");
        (await kubectl.RunAsync(["auth", "can-i", "--list", .. asMallory], TestContext.Current.CancellationToken)).Output.ShouldContain("selfsubjectreviews.authentication.k8s.io");
    }

    private async Task<JsonObject> ReviewAsync(string user, string path, string body)
    {
        var (code, answer) = await DemoHost.PostAsync(_host.Client(user), path, body);
        code.ShouldBe(201, answer.ToJsonString());
        return answer;
    }
}
