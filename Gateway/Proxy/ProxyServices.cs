using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Proxy;

internal static class ProxyServices
{
    private const int Kibi = 1024;

    /// <summary>Adds forwarding on the gateway's endpoint, and lifts the server's limits that an API server does not have.</summary>
    public static IServiceCollection AddProxy(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.TryAddSingleton<CallTransformer>();
        services.TryAddSingleton<CallForwarder>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<EndpointOptions>>((server, endpoint) =>
        {
            Lift(server);
            server.ListenGateway(endpoint.Value);
        });
        // The forwarder's own logger prints query strings and a stack trace for every client that leaves.
        services.AddLogging(logging => logging.AddFilter("Yarp", LogLevel.None));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        return services;
    }

    public static IApplicationBuilder UseProxy(this IApplicationBuilder app)
    {
        var forwarder = app.ApplicationServices.GetRequiredService<CallForwarder>();
        app.Run(forwarder.ForwardAsync);
        return app;
    }

    /// <summary>Lets through what an API server lets through.</summary>
    internal static void Lift(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null; // a shell's input, a slow upload
        limits.MinResponseDataRate = null; // a watch whose reader is slow
        limits.MaxRequestLineSize = 128 * Kibi; // selectors
        limits.MaxRequestHeaderCount = 2000; // groups: one Impersonate-Group header each
        limits.MaxRequestHeadersTotalSize = 1024 * Kibi;
        limits.Http2.MaxRequestHeaderFieldSize = 128 * Kibi;
        limits.Http2.MaxStreamsPerConnection = 1000; // one connection of a controller carries all its watches
        limits.Http2.InitialConnectionWindowSize = 1024 * Kibi;
        limits.Http2.InitialStreamWindowSize = 768 * Kibi;
    }
}
