using KubeLens.Gateway.Clusters;
using KubeLens.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>The same gateway inside the test process, for tests that listen to its metrics.</summary>
public class InProcessGateway : GatewayUnderTest
{
    private WebApplication? _app;

    /// <summary>Sees every request that the server hands to the gateway.</summary>
    internal Action<HttpContext>? Handed { get; set; }

    internal IServiceProvider Services => _app!.Services;

    private protected override async ValueTask LaunchAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Configuration.AddInMemoryCollection(environment
            .Where(pair => pair.Key != "KUBELENS_PARENT_WATCH")
            .Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value)));
        builder.Configuration.AddSettingsFile();
        builder.AddServiceDefaults("gateway", traceHttp: false);
        builder.Services.AddGateway();
        _app = builder.Build();
        _app.MapServiceDefaults();
        _app.Use((context, next) =>
        {
            Handed?.Invoke(context);
            return next(context);
        });
        _app.UseGateway();
        await _app.StartAsync();
    }

    private protected override async ValueTask EndAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }
}
