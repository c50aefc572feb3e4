using KubeLens.Gateway.Capture.Connections;
using KubeLens.Gateway.Capture.Open;
using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Capture.Watches;
using KubeLens.Gateway.Redact.Rules;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Gateway.Capture;

internal static class CaptureServices
{
    /// <summary>Adds the copying and recording of calls.</summary>
    public static IServiceCollection AddCapture(this IServiceCollection services)
    {
        services.AddOptions<CaptureOptions>().BindConfiguration(CaptureOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<CaptureBudget>();
        services.TryAddSingleton<CapturePolicies>();
        services.TryAddSingleton<BodyQueue>();
        services.TryAddSingleton<CallRecorder>();
        services.TryAddSingleton<OpenCalls>();
        services.TryAddSingleton<SessionOpener>();
        services.TryAddSingleton<WatchOpener>();
        services.TryAddSingleton<DrainLimit>();
        services.AddHostedService<BodyWorker>();
        services.AddHostedService<OpenCallWorker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RequestWatch>());
        services.Configure<KestrelServerOptions>(server => server.ConfigureEndpointDefaults(listen => listen.WatchConnections()));
        return services;
    }

    public static IApplicationBuilder UseCapture(this IApplicationBuilder app)
    {
        // A policy or rule that cannot be used ends the start here, before anything listens.
        _ = app.ApplicationServices.GetRequiredService<CapturePolicies>();
        _ = app.ApplicationServices.GetRequiredService<RedactRules>();
        return StrictAuditMiddleware.IsWanted(app.ApplicationServices)
            ? app.UseMiddleware<StrictAuditMiddleware>().UseMiddleware<CaptureMiddleware>()
            : app.UseMiddleware<CaptureMiddleware>();
    }
}
