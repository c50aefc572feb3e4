using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Tests.Clusters;

public sealed class ClusterRoutingTests(TwoUpstreams gateway) : IClassFixture<TwoUpstreams>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/namespaces/own/pods", "default", "/api/v1/namespaces/own/pods")]
    [InlineData("/clusters/prod/api/v1/namespaces/below/pods", "prod", "/api/v1/namespaces/below/pods")]
    [InlineData("/clusters/PROD/api/v1/namespaces/below%2Fit/pods?limit=%31", "prod", "/api/v1/namespaces/below%2Fit/pods?limit=%31")]
    [InlineData("/clusters/prod//api//x", "prod", "//api//x")]
    [InlineData("/clusters/prod", "prod", "/")]
    [InlineData("/clusters/prod?watch=0", "prod", "/?watch=0")]
    [InlineData("/clusters/prod2/api", "default", "/clusters/prod2/api")]
    [InlineData("/clusters/", "default", "/clusters/")]
    [InlineData("/x/clusters/prod/api", "default", "/x/clusters/prod/api")]
    public async Task Path_BelowAClustersName_IsForThatClusterWithoutIt(string target, string cluster, string forwarded)
    {
        var (answer, seen) = await GetAsync(gateway.Client(), target);

        answer.ShouldBe(cluster);
        seen.ShouldBe(forwarded);
    }

    [Theory]
    [InlineData("prod.kube.example")]
    [InlineData("PROD.kube.example:6444")]
    public async Task Host_OfACluster_IsForIt(string host)
    {
        gateway.Prod.Script = context => context.Response.WriteAsync("prod");
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Host = host;

        (await client.GetStringAsync("/api/v1/namespaces/by-host/pods", Cancel)).ShouldBe("prod");
        (await client.GetStringAsync("/clusters/prod/api", Cancel)).ShouldBe("prod"); // which has such a path for all we know
        (await gateway.Sink.SingleAsync(call => call.Path == "/clusters/prod/api", Cancel)).Cluster.ShouldBe("prod");
    }

    /// <summary>kubeconfig's <c>tls-server-name</c>: the address is the gateway's, the name in the handshake the cluster's.</summary>
    [Fact]
    public async Task ServerName_OfACluster_IsForItAndTheCertificateHasIt()
    {
        gateway.Prod.Script = context => context.Response.WriteAsync("prod");
        await using var raw = await RawConnection.OpenAsync(gateway, Cancel, serverName: TwoUpstreams.Host);

        (await raw.SendAsync("GET /api/v1/namespaces/by-sni/pods HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", Cancel)).ShouldContain("prod");
        (await gateway.Sink.SingleAsync(call => call.Namespace == "by-sni", Cancel)).Cluster.ShouldBe("prod");
    }

    [Fact]
    public async Task Host_OfNobody_Is421()
    {
        await using var raw = await RawConnection.OpenAsync(gateway, Cancel);
        var answer = await raw.SendAsync("GET /api HTTP/1.1\r\nHost: stage.kube.example\r\nConnection: close\r\n\r\n", Cancel);

        answer.ShouldStartWith("HTTP/1.1 421 ");
        answer.ShouldContain("or to the Hosts of the cluster that it means");
    }

    [Fact]
    public async Task Record_OfAFurtherCluster_HasItsNameItsPathAndItsCap()
    {
        using var client = gateway.Client();
        gateway.Prod.Script = context => context.Response.WriteAsync("""{"kind":"Pod"}""");

        await client.GetStringAsync("/clusters/prod/api/v1/namespaces/capped/pods/p", Cancel);

        var call = await gateway.Sink.SingleAsync(one => one.Namespace == "capped", Cancel);
        (call.Cluster, call.Path, call.Resource, call.Name, call.Verb).ShouldBe(("prod", "/api/v1/namespaces/capped/pods/p", "pods", "p", "get"));
        call.ResponseBytes.ShouldBe(14);
        call.ResponseBody.Content.Length.ShouldBe(0);
        call.ResponseBody.Note.ShouldBe(CallBodyNote.NotCaptured);
    }

    [Fact]
    public async Task Credential_OfEachCluster_IsItsOwn()
    {
        string? shown = null;
        gateway.Prod.Script = context =>
        {
            shown = context.Request.Headers.Authorization;
            return Task.CompletedTask;
        };
        using var client = gateway.Client();

        await client.GetStringAsync("/clusters/prod/version", Cancel);

        shown.ShouldBe("Bearer prod-token");
    }

    [Theory]
    [InlineData("/api/v1/namespaces/x/services/y/proxy/", "/clusters/prod/api/v1/namespaces/x/services/y/proxy/")]
    [InlineData("https://elsewhere.example/", "https://elsewhere.example/")]
    [InlineData("//elsewhere.example/", "//elsewhere.example/")]
    public async Task Redirect_ToTheClustersRoot_LeadsBackBelowItsName(string location, string seen)
    {
        gateway.Prod.Script = context =>
        {
            context.Response.StatusCode = 301;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        };
        using var client = gateway.Client();
        using var response = await client.GetAsync("/clusters/prod/api/v1/namespaces/x/services/y/proxy", Cancel);

        response.Headers.Location!.OriginalString.ShouldBe(seen);
    }

    [Fact]
    public async Task Endpoint_OfTheGatewayItself_IsReachedBelowAClustersName()
    {
        using var client = gateway.Client();
        using var response = await client.PostAsync("/clusters/prod/kubelens/v1/kubeconfig", null, Cancel);

        (await response.ShouldBeStatusAsync(403, "Forbidden")).ShouldContain("with Clusters:prod:Identity=impersonate");
    }

    [Fact]
    public void Kubeconfig_ThatIsIssued_HasAContextForEachCluster()
    {
        var address = KubeconfigLoader.Load([gateway.Home["kubeconfig"]], "prod").Cluster.Server;

        address.ShouldBe(new Uri(gateway.Address, "/clusters/prod"));
        KubeconfigLoader.Load([gateway.Home["kubeconfig"]], null).Name.ShouldBe("scripted");
    }

    private async Task<(string Answer, string Target)> GetAsync(HttpClient client, string target)
    {
        var seen = "";
        Task Script(HttpContext context, string name)
        {
            seen = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            return context.Response.WriteAsync(name);
        }

        gateway.Upstream.Script = context => Script(context, "default");
        gateway.Prod.Script = context => Script(context, "prod");
        using (client)
        {
            var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
            return (await client.GetStringAsync(new Uri($"{gateway.Address.AbsoluteUri.TrimEnd('/')}{target}", in options), Cancel), seen);
        }
    }
}
