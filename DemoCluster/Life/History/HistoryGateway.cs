using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Spool;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace KubeLens.DemoCluster.Life.History;

/// <summary>
/// A gateway in this process, on the demo's clock: what is played goes through the same stages as any call, so that a
/// history has nothing that a recording has not. It delivers to the Store and ends with the play.
/// </summary>
internal sealed class HistoryGateway : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly WebApplication _app;

    private HistoryGateway(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public X509Certificate2 Authority => _app.Services.GetRequiredService<GatewayPki>().Current.Authority;

    /// <param name="home">A folder for its certificates and spool.</param>
    /// <param name="kubeconfig">The gateway's credential at this cluster.</param>
    public static async Task<HistoryGateway> StartAsync(string home, string kubeconfig, LifeOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Port"] = "0",
            ["Gateway:Home"] = home,
            ["Gateway:Name"] = "demo-history",
            ["Cluster:Kubeconfig"] = kubeconfig,
            ["Cluster:Identity"] = "impersonate",
            ["Telemetry:Calls"] = "false", // they are of the past: a collector would take them for calls of now
            ["Store:Address"] = options.StoreAddress,
            ["Store:TokenFile"] = options.StoreTokenFile,
        });
        builder.Services.AddSingleton(clock);
        builder.Services.AddGateway();
        var app = builder.Build();
        app.UseGateway();
        var gateway = new HistoryGateway(app);
        await app.StartAsync(cancellationToken);
        return gateway;
    }

    /// <summary>Ends once the Store has all that was recorded.</summary>
    public async Task DeliveredAsync(CancellationToken cancellationToken)
    {
        var spool = _app.Services.GetRequiredService<ISpoolStatus>();
        while (spool.Status.UndeliveredCalls > 0)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
