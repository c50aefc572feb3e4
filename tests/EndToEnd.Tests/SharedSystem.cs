using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>One system in front of the test cluster, started for the first test that asks; without a cluster that test is skipped.</summary>
public sealed class SharedSystem : IAsyncLifetime
{
    private KubeLensSystem? _system;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    internal async Task<KubeLensSystem> RequireAsync(TestCluster cluster, CancellationToken cancellationToken)
    {
        var access = await cluster.RequireAsync(cancellationToken);
        return _system ??= await KubeLensSystem.StartAsync(access.Kubeconfig("admin"), cancellationToken);
    }
}
