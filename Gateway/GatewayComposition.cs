using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Connect;
using KubeLens.Gateway.Delivery;
using KubeLens.Gateway.ForwardProxy;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubelets;
using KubeLens.Gateway.Proxy;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Spool;
using KubeLens.Gateway.Telemetry;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway;

/// <summary>The gateway's stages put together, apart from the program that hosts them: the demo's history is captured by the same ones.</summary>
internal static class GatewayComposition
{
    public static IServiceCollection AddGateway(this IServiceCollection services) => services
        .AddUpstream()
        .AddClusters()
        .AddGatewayIdentity()
        .AddForwardProxy()
        .AddConnect()
        .AddSpool() // hosted services stop in reverse: capture drains into the spool, which delivers what it can
        .AddDelivery()
        .AddRedact()
        .AddCallTelemetry()
        .AddCapture()
        .AddProxy();

    /// <summary>Every request that no endpoint of the host's own answers is a call to forward.</summary>
    public static void UseGateway(this WebApplication app) => app.UseWhen(
        context => context.GetEndpoint() is null,
        calls => calls.UseClusters().UseCapture().UseCallerAuthentication().UseKubelets().UseConnect().UseProxy());
}
