using System.Net;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Connect;
using KubeLens.Gateway.Tests.Identity;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace KubeLens.Gateway.Tests.Connect;

/// <summary>kubectl with the issued kubeconfig, through the gateway's endpoint and YARP, over the gateway's connections to a real apiserver.</summary>
public sealed class ForwardingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kubectl_ThroughTheGateway_ActsAsTheKubeconfigsOwner()
    {
        await using var gateway = await StartAsync(RealCluster.Find("admin"));

        (await KubectlAsync("auth", "can-i", "delete", "nodes")).ShouldBe((0, "yes"));
        (await KubectlAsync("get", "namespaces", "default", "-o", "jsonpath={.metadata.name}")).ShouldBe((0, "default"));
    }

    [Fact]
    public async Task Kubectl_AsInSeveralGroups_PassesAsItIs()
    {
        await using var gateway = await StartAsync(RealCluster.Find("admin"));

        (await KubectlAsync("auth", "can-i", "get", "secrets", "--as", "nobody", "--as-group", "other")).Output.ShouldBe("no");
        (await KubectlAsync("auth", "can-i", "get", "secrets", "--as", "nobody", "--as-group", "other", "--as-group", "system:masters")).Output.ShouldBe("yes");
    }

    private async Task<(int Code, string Output)> KubectlAsync(params string[] arguments)
    {
        var (code, output) = await Kubectl.RunAsync(_folder["kubeconfig"], arguments);
        // can-i warns of resources without a namespace.
        return (code, output.Split('\n').First(line => line.Length > 0 && !line.StartsWith("Warning:", StringComparison.Ordinal)));
    }

    private Task<TestGateway> StartAsync(string kubeconfig) => TestGateway.StartAsync(_folder.Path, TimeProvider.System, services =>
    {
        services.AddConnect();
        services.AddHttpForwarder();
    }, ForwardAsync, ("Cluster:Kubeconfig", kubeconfig));

    private static async Task ForwardAsync(HttpContext context)
    {
        var served = context.Features.GetRequiredFeature<ServedCall>().Cluster;
        var cluster = served.Upstream;
        served.Impersonation.Decide(context.Request.Headers).Allowed.ShouldBeTrue();
        await context.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(context, cluster.Address.AbsoluteUri, cluster.Invoker,
            new ForwarderRequestConfig { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower }, new Transformer(cluster));
    }

    private sealed class Transformer(IUpstreamCluster cluster) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = null;
            await cluster.AuthorizeAsync(proxyRequest, cancellationToken);
        }
    }
}
