using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>One system in front of the test cluster and one in front of the demo, each started for the first test that asks; without a cluster the test that wants it is skipped.</summary>
public sealed class SharedSystem : IAsyncLifetime
{
    private KubeLensSystem? _system;
    private KubeLensSystem? _demo;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        if (_demo is not null)
        {
            await _demo.DisposeAsync();
        }
    }

    /// <summary>The one with the demo cluster.</summary>
    internal async Task<KubeLensSystem> DemoAsync(CancellationToken cancellationToken) => _demo ??= await KubeLensSystem.StartDemoAsync(cancellationToken);

    /// <summary>Ends the one with the demo cluster and starts it again with the same state.</summary>
    internal async Task<KubeLensSystem> RestartDemoAsync(CancellationToken cancellationToken) => _demo = await (await DemoAsync(cancellationToken)).RestartDemoAsync(cancellationToken);

    internal async Task<KubeLensSystem> RequireAsync(TestCluster cluster, CancellationToken cancellationToken)
    {
        var access = await cluster.RequireAsync(cancellationToken);
        return _system ??= await KubeLensSystem.StartAsync(access.Kubeconfig("admin"), cancellationToken);
    }
}
