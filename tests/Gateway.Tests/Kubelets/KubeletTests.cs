using System.Collections.Concurrent;
using System.Net;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Kubelets;

/// <summary>A scripted kubelet beside a scripted cluster whose mode makes the gateway use its own credential.</summary>
public sealed class KubeletTests() : ModeGateway("impersonate")
{
    private readonly ConcurrentQueue<(string Target, string Authorization, string Extra)> _seen = new();
    private ScriptedUpstream _kubelet = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_WithTheRight_GoesOnWithTheGatewaysOwnCredential()
    {
        Server.May = spec => (string)spec["resourceAttributes"]!["subresource"]! == "metrics";

        using var response = await GetAsync("jane", "/kubelets/worker-1/metrics/cadvisor?a=%2F");

        (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)).ShouldBe((HttpStatusCode.OK, "scripted kubelet"));
        _seen.ShouldHaveSingleItem().ShouldBe(("/metrics/cadvisor?a=%2F", "Bearer kubelet-token", ""));
        var asked = Server.Asked.ShouldHaveSingleItem();
        ((string)asked["user"]!).ShouldBe("jane");
        var attributes = asked["resourceAttributes"]!;
        ((string)attributes["verb"]!, (string)attributes["resource"]!, (string)attributes["name"]!, (string)attributes["namespace"]!).ShouldBe(("get", "nodes", "worker-1", ""));
        var call = await Sink.SingleAsync(c => c.Resource == "nodes", Cancel);
        (call.User, call.UserSource, call.Caller, call.Verb, call.Name, call.Subresource, call.Path, call.Cluster).ShouldBe(("jane", "token-review", "jane", "get", "worker-1", "metrics", "/metrics/cadvisor", "scripted"));
        call.Upstream.Port.ShouldBe(new Uri(_kubelet.Address).Port);
    }

    [Fact]
    public async Task Call_WithoutTheRight_IsRefusedWithItAndNeverSent()
    {
        using var response = await GetAsync("jane", "/kubelets/worker-1/metrics");

        (await response.ShouldBeStatusAsync(403, "Forbidden")).ShouldContain("\"jane\" may not get nodes/metrics of node \"worker-1\", says cluster \"scripted\"");
        _seen.ShouldBeEmpty();
        var call = await Sink.SingleAsync(c => c.Subresource == "metrics", Cancel);
        (call.User, call.Caller, call.Status, call.Reason, call.Outcome).ShouldBe(("jane", "jane", 403, "Forbidden", CallOutcome.Refused));
        Encoding.UTF8.GetString(call.ResponseBody.Content.Span).ShouldContain("may not get nodes/metrics of node");
    }

    [Fact]
    public async Task Call_OfAnOlderRight_MayByProxyToo()
    {
        Server.May = spec => (string)spec["resourceAttributes"]!["subresource"]! == "proxy";

        using var pods = await GetAsync("jane", "/kubelets/worker-1/pods");
        using var metrics = await GetAsync("jane", "/kubelets/worker-1/metrics");

        (pods.StatusCode, metrics.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Calls_ShortlyAfterEachOther_AskOnceForEachUserAndRight()
    {
        Server.May = _ => true;
        foreach (var user in (string[])["jane", "jane", "joe", "jane"])
        {
            using var response = await GetAsync(user, "/kubelets/worker-1/metrics");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var other = await GetAsync("jane", "/kubelets/worker-1/stats/summary");
        Server.Asked.Select(spec => $"{spec["user"]} {spec["resourceAttributes"]!["subresource"]}").ShouldBe(["jane metrics", "joe metrics", "jane stats"]);
    }

    [Fact]
    public async Task Call_OfNobody_IsNobodys()
    {
        using var client = Client(withCertificate: false);
        using var response = await client.GetAsync("/kubelets/worker-1/metrics", Cancel);

        (await response.ShouldBeStatusAsync(401, "Unauthorized")).ShouldContain("neither a client certificate was shown nor a token sent");
        _seen.ShouldBeEmpty();
        (await Sink.SingleAsync(c => c.Subresource == "metrics", Cancel)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Call_ClusterCannotSay_IsUnavailable()
    {
        Server.May = _ => true;
        using (await GetAsync("jane", "/api/v1/nodes"))
        {
            // Her token is known now.
        }

        Server.ReviewsFailWith = 403;
        using var response = await GetAsync("jane", "/kubelets/worker-1/metrics");

        (await response.ShouldBeStatusAsync(503, "ServiceUnavailable")).ShouldContain("system:auth-delegator");
        _seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_ToThePathOfTheGatewaysOwnEndpoints_IsTheKubelets()
    {
        Server.May = _ => true;
        using var client = WithToken(Token("jane"));
        using var response = await client.PostAsync("/kubelets/worker-1/kubelens/v1/kubeconfig", null, Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _seen.ShouldHaveSingleItem().Target.ShouldBe("/kubelens/v1/kubeconfig");
    }

    [Theory]
    [InlineData("Impersonate-User", "admin")]
    [InlineData("Impersonate-Group", "system:masters")]
    public async Task Call_ActingAsAnother_IsRefused(string header, string value)
    {
        Server.May = _ => true;
        using var client = WithToken(Token("jane"));
        client.DefaultRequestHeaders.Add(header, value);
        using var response = await client.GetAsync("/kubelets/worker-1/metrics", Cancel);

        (await response.ShouldBeStatusAsync(403, "Forbidden")).ShouldContain("a kubelet knows no impersonation");
        _seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_ByItsHost_MeansTheKubelet()
    {
        Server.May = _ => true;
        using var client = WithToken(Token("jane"));
        client.DefaultRequestHeaders.Host = "worker-1.nodes.example";
        using var response = await client.GetAsync("/metrics", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _seen.ShouldHaveSingleItem().Target.ShouldBe("/metrics");
    }

    [Theory]
    [InlineData("/kubelets/worker-2/metrics")]
    [InlineData("/kubelets")]
    [InlineData("/kubelets/")]
    public async Task Call_ToNoKubelet_IsTheClusters(string path)
    {
        using var response = await GetAsync("jane", path);

        _seen.ShouldBeEmpty();
        (await Sink.SingleAsync(c => c.Path == path, Cancel)).Resource.ShouldBe("");
    }

    public override async ValueTask InitializeAsync()
    {
        _kubelet = await ScriptedUpstream.StartAsync();
        _kubelet.Script = context =>
        {
            var headers = context.Request.Headers;
            _seen.Enqueue(($"{context.Request.Path}{context.Request.QueryString}", headers.Authorization.ToString(), string.Join(',', headers.Keys.Where(name => name.StartsWith("Impersonate", StringComparison.OrdinalIgnoreCase)))));
            return context.Response.WriteAsync("scripted kubelet", context.RequestAborted);
        };
        await File.WriteAllTextAsync(Home["kubelet-token"], "kubelet-token");
        await File.WriteAllTextAsync(Home["kubelet-ca"], _kubelet.CertificatePem);
        Settings["Kubelets__worker-1__Address"] = _kubelet.Address;
        Settings["Kubelets__worker-1__AuthorityFile"] = Home["kubelet-ca"];
        Settings["Kubelets__worker-1__TokenFile"] = Home["kubelet-token"];
        Settings["Kubelets__worker-1__Hosts__0"] = "worker-1.nodes.example";
        await base.InitializeAsync();
    }

    private protected override async ValueTask EndAsync()
    {
        await base.EndAsync();
        await _kubelet.DisposeAsync();
    }

    private string Token(string user)
    {
        Server.Users[$"token-of-{user}"] = $$"""{"username":"{{user}}","groups":["dev"]}""";
        return $"token-of-{user}";
    }

    private async Task<HttpResponseMessage> GetAsync(string user, string path)
    {
        using var client = WithToken(Token(user));
        return await client.GetAsync(path, Cancel);
    }
}
