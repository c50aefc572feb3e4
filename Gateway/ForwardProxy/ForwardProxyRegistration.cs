using System.Net;
using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Gateway.ForwardProxy;

internal static class ForwardProxyRegistration
{
    /// <summary>Adds the forward proxy of <see cref="EndpointOptions.ProxyPort"/>; off without one.</summary>
    public static IServiceCollection AddForwardProxy(this IServiceCollection services)
    {
        services.TryAddSingleton<IProxyTargets, ProxyTargets>();
        services.TryAddSingleton<ProxyCertificates>();
        services.TryAddSingleton<ConnectMiddleware>();
        services.AddHostedService<ForwardProxyStartup>();
        return services;
    }

    /// <summary>Loopback only, whatever the gateway's own address is: who may reach the proxy may ask it for every cluster.</summary>
    public static void ListenForwardProxy(this KestrelServerOptions kestrel, EndpointOptions options)
    {
        if (options.ProxyPort > 0)
        {
            kestrel.Listen(IPAddress.Loopback, options.ProxyPort, listen =>
            {
                var connect = listen.ApplicationServices.GetRequiredService<ConnectMiddleware>();
                listen.Use(next => connection => connect.InvokeAsync(connection, next));
                listen.UseGatewayTls();
            });
        }
    }
}
