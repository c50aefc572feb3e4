using KubeLens.DemoCluster.Objects;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Hosting;

/// <summary>
/// Plants the seeds and writes the kubeconfigs before the cluster listens, so that all is there when it answers. With
/// port 0 the kubeconfigs wait until the port is known.
/// </summary>
internal sealed class ClusterStart(IEnumerable<IClusterSeed> seeds, IObjectStore store, NamespaceStart namespaces, ClusterKubeconfigs kubeconfigs, IOptions<DemoClusterOptions> options, IServer server) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        namespaces.Attach();
        foreach (var (kind, value) in seeds.SelectMany(seed => seed.Objects()))
        {
            // What a namespace begins with may be there already.
            if (store.Find(kind, value.Namespace(), value.Name()) is null)
            {
                store.Create(kind, value);
            }
        }

        if (options.Value.Port != 0)
        {
            kubeconfigs.Write(options.Value.Port);
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Port == 0)
        {
            kubeconfigs.Write(BoundPort());
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private int BoundPort() => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(address => new Uri(address)).FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttps)?.Port
        ?? throw new InvalidOperationException("The demo cluster listens on no https port.");
}
