using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>One system in front of the test cluster, for every test of this assembly that does not need its own.</summary>
public sealed class SharedSystem : IAsyncLifetime
{
    private KubeLensSystem? _system;
    private TestCluster? _cluster;
    private string _missing = "";

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.FindAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    internal KubeLensSystem Require() => throw new NotImplementedException();
}
