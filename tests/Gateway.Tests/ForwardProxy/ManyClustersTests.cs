using System.Net;
using KubeLens.Gateway.Tests.Clusters;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.ForwardProxy;

/// <summary>The forward proxy before two clusters, which come and go.</summary>
[Collection(nameof(ProxiedGateway))]
public sealed class ManyClustersTests : IAsyncLifetime
{
    private readonly TwoUpstreams _gateway = new();
    private readonly int _port = Ports.Free();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _gateway.Settings["Gateway__ProxyPort"] = $"{_port}";
        return _gateway.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Call_ToEachAddress_GoesToItsCluster()
    {
        _gateway.Prod.Script = context => context.Response.WriteAsync($"prod {context.Request.Path}");
        using var toDefault = Client(_gateway.Upstream);
        using var toProd = Client(_gateway.Prod);

        (await toDefault.GetStringAsync("/api/v1/namespaces/a/pods/first", Cancel)).ShouldBe("default");
        (await toProd.GetStringAsync("/api/v1/namespaces/a/pods/second", Cancel)).ShouldBe("prod /api/v1/namespaces/a/pods/second");

        (await _gateway.Sink.SingleAsync(call => call.Name == "first", Cancel)).Cluster.ShouldBe("scripted");
        (await _gateway.Sink.SingleAsync(call => call.Name == "second", Cancel)).Cluster.ShouldBe("prod");
    }

    // Paths are the apiserver's there, and the client believes to speak with it.
    [Fact]
    public async Task Call_PathOfAnotherCluster_IsAPathLikeAnyOther()
    {
        _gateway.Upstream.Script = context => context.Response.WriteAsync($"default {context.Request.Path}");
        using var client = Client(_gateway.Upstream);

        (await client.GetStringAsync("/clusters/prod/version", Cancel)).ShouldBe("default /clusters/prod/version");
    }

    [Fact]
    public async Task Cluster_TakenOff_OpenConnectionsAreRefusedAndNoNewOnesOpened()
    {
        using var open = Client(_gateway.Prod);
        (await open.GetStringAsync("/version", Cancel)).ShouldBe("prod");

        _gateway.WriteSettings("{}");

        await Eventually.Async(async () => (await open.GetAsync("/version", Cancel)).StatusCode == HttpStatusCode.MisdirectedRequest, Cancel, what: "a refusal, and not the default cluster's answer");
        using var late = Client(_gateway.Prod);
        (await Should.ThrowAsync<HttpRequestException>(() => late.GetStringAsync("/version", Cancel))).Message.ShouldContain("403");
    }

    [Fact]
    public async Task Cluster_Added_IsServedWithoutARestart()
    {
        await using var third = await ScriptedUpstream.StartAsync();
        third.Script = context => context.Response.WriteAsync("third");
        await File.WriteAllTextAsync(_gateway.Home["third"], third.Kubeconfig("t"), Cancel);

        _gateway.WriteSettings($$$"""{"Clusters":{"third":{"Kubeconfig":"{{{_gateway.Home["third"]}}}"} } }""");

        await Eventually.Async(
            async () =>
            {
                try
                {
                    using var client = Client(third);
                    return await client.GetStringAsync("/version", Cancel) == "third";
                }
                catch (HttpRequestException)
                {
                    return false; // 403 until then
                }
            },
            Cancel,
            what: "the new cluster");
    }

    [Fact]
    public async Task Cluster_AddedAtANewHost_IsInTheAuthorityBeforeAnybodyCalls()
    {
        await File.WriteAllTextAsync(_gateway.Home["new"], KubeconfigText.One("https://new.example:6443"), Cancel);

        _gateway.WriteSettings($$$"""{"Clusters":{"new":{"Kubeconfig":"{{{_gateway.Home["new"]}}}"} } }""");

        await Eventually.Async(() => File.Exists(_gateway.Home["pki/proxy-new.example.pem"]), Cancel, what: "its certificate");
        await Eventually.Async(() => ProxyClients.Authority(_gateway).Extensions["2.5.29.30"]!.RawData.AsSpan().IndexOf("new.example"u8) > 0, Cancel, what: "its name among those that the authority may sign");
    }

    private HttpClient Client(ScriptedUpstream target) => ProxyClients.Create(_gateway, _port, new Uri(target.Address));
}
