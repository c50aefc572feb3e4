using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Connect.Commands;

public sealed class PolicyCommandTests : IDisposable
{
    private const string Settings = """
        {
          "Cluster": { "Name": "main", "Policy": [ { "Level": "request", "Verbs": ["patch"] } ] },
          "Clusters": { "prod": { "Policy": [ { "Level": "none", "Resources": ["leases"], "Users": ["system:kube-*"] } ] }, "stage": {} },
          "Capture": { "Policy": [
            { "Level": "metadata", "Resources": ["secrets"] },
            { "Level": "metadata", "Groups": ["system:nodes"], "Verbs": ["get", "list"], "Sample": 100 },
            { "Level": "none", "NonResourcePaths": ["/healthz*"] },
            { "Level": "metadata", "Verbs": ["watch"], "Clusters": ["main"] } ] }
        }
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Capture:Policy:0", "metadata", "--verb", "get", "--resource", "secrets", "--namespace", "x", "--name", "s")]
    [InlineData("none matches", "request-response", "--verb", "get", "--resource", "pods")]
    [InlineData("none matches", "request-response", "--verb", "get", "--resource", "secrets/status")]
    [InlineData("none matches", "request-response", "--verb", "get", "--resource", "secrets", "--subresource", "status")]
    [InlineData("Capture:Policy:1", "metadata", "--verb", "get", "--resource", "pods", "--user", "system:node:w", "--group", "other", "--group", "system:nodes")]
    [InlineData("Capture:Policy:2", "none", "--request", "GET /healthz/etcd")]
    [InlineData("Capture:Policy:3", "metadata", "--request", "get /api/v1/namespaces/x/pods?watch=1")]
    [InlineData("none matches", "request-response", "--request", "GET /api/v1/namespaces/x/pods?watch=1", "--cluster", "stage")]
    [InlineData("Cluster:Policy:0", "request", "--request", "PATCH /api/v1/namespaces/x/pods/p")]
    [InlineData("none matches", "request-response", "--request", "PATCH /api/v1/namespaces/x/pods/p", "--cluster", "a-context")]
    [InlineData("Clusters:prod:Policy:0", "none", "--verb", "update", "--resource", "leases", "--api-group", "coordination.k8s.io", "--user", "system:kube-scheduler", "--cluster", "prod")]
    [InlineData("none matches", "request-response", "--verb", "update", "--resource", "leases", "--user", "alice", "--cluster", "prod")]
    public async Task Test_ARequest_PrintsItsRuleAndLevel(string rule, string level, params string[] arguments)
    {
        _folder.Write("gateway.json", Settings);

        var result = await GatewayCommand.RunAsync(_folder.Path, ["policy", "test", .. arguments]);

        result.Require().ShouldStartWith($"rule:   {rule}\nlevel:  {level}\n");
        result.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Test_RulesThatLeaveOut_SayWhatTheyNeverDo()
    {
        _folder.Write("gateway.json", Settings);

        (await GatewayCommand.RunAsync(_folder.Path, "policy", "test", "--request", "GET /healthz")).Require().ShouldContain("counted only, except refused calls (401, 403)");
        (await GatewayCommand.RunAsync(_folder.Path, "policy", "test", "--request", "GET /api/v1/pods", "--group", "system:nodes")).Require().ShouldContain("sample: one in 100, never whatever is no get or list");
    }

    [Fact]
    public async Task Test_NoPolicy_SaysThatEverythingIsKept() =>
        (await GatewayCommand.RunProgramAsync(_folder.Path, "policy", "test", "--verb", "get", "--resource", "pods")).Require().ShouldBe("rule:   none matches\nlevel:  request-response\n");

    [Theory]
    [InlineData("give --verb and --resource", "--verb", "get")]
    [InlineData("give --request alone", "--request", "GET /api", "--verb", "get")]
    [InlineData("give a method and a path", "--request", "/api/v1/pods")]
    public async Task Test_TooLittleOrTooMuch_IsASentence(string words, params string[] arguments)
    {
        var result = await GatewayCommand.RunAsync(_folder.Path, ["policy", "test", .. arguments]);

        (result.ExitCode, result.Output).ShouldBe((1, ""));
        result.Error.ShouldContain(words);
    }

    [Fact]
    public async Task Test_APolicyThatCannotBeUsed_Is78WithItsKey()
    {
        _folder.Write("gateway.json", """{"Capture":{"Policy":[{"Level":"all"}]}}""");

        var result = await GatewayCommand.RunAsync(_folder.Path, "policy", "test", "--verb", "get", "--resource", "pods");

        result.ExitCode.ShouldBe(78);
        result.Error.ShouldContain("Capture:Policy:0:Level is \"all\"");
    }

    [Fact]
    public async Task Test_ADoubtfulPolicy_WarnsOnTheErrorOutput()
    {
        _folder.Write("gateway.json", """{"Capture":{"Policy":[{"Level":"metadata"},{"Level":"none","Verbs":["get"]}]}}""");

        var result = await GatewayCommand.RunAsync(_folder.Path, "policy", "test", "--verb", "get", "--resource", "pods");

        result.Require().ShouldStartWith("rule:   Capture:Policy:0");
        result.Error.ShouldContain("warning: Capture:Policy:1 is never reached");
    }
}
