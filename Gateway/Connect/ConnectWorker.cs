using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Connect;

/// <summary>
/// Issues the kubeconfig before the gateway listens, so that it is there when the gateway is ready, and anew when other
/// clusters are served; looks once an hour whether certificates want renewal. With port 0 it waits until the port is known.
/// </summary>
internal sealed class ConnectWorker(IssuedKubeconfig kubeconfig, ClusterCatalog clusters, IOptions<EndpointOptions> options, IServer server, TimeProvider clock, ILogger<ConnectWorker> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private ITimer? _timer;
    private Action? _changed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Port != 0)
        {
            Write(options.Value.Port);
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var port = options.Value.Port != 0 ? options.Value.Port : BoundPort();
        Write(port);
        _timer = clock.CreateTimer(_ => Look(port), null, Period, Period);
        clusters.Changed += _changed = () => Look(port);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public ValueTask DisposeAsync()
    {
        clusters.Changed -= _changed;
        return _timer?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private int BoundPort() => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(address => new Uri(address)).FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttps)?.Port
        ?? throw new InvalidOperationException("The gateway listens on no https port.");

    private void Write(int port) => kubeconfig.Write(KubeconfigEntries.Of($"https://{options.Value.LocalHost}:{port}", options.Value.TlsServerName, clusters.Current.All));

    private void Look(int port)
    {
        try
        {
            Write(port);
        }
        catch (GatewayPkiException e)
        {
            logger.KubeconfigNotRenewed(e.Message);
        }
    }
}
