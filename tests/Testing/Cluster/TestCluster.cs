namespace KubeLens.Testing;

/// <summary>
/// A real Kubernetes. In this order: the running cluster whose kubeconfigs are in the folder <c>KUBELENS_TEST_KUBECONFIGS</c>
/// (<c>admin.kubeconfig</c>, <c>alice…</c>, <c>gateway…</c>, <c>app…</c>); an etcd and a kube-apiserver of our own, started from the binaries
/// in <c>KUBEBUILDER_ASSETS</c>, with the same users and no node; else whoever asks for it is skipped with the reason.
/// Share it with <c>[assembly: AssemblyFixture(typeof(TestCluster))]</c>: nothing starts before the first test asks.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    public const string KubeconfigsVariable = "KUBELENS_TEST_KUBECONFIGS";
    public const string AssetsVariable = "KUBEBUILDER_ASSETS";

    /// <summary>Whoever tried in vain to start a cluster for the tests says here why, and it becomes the reason of the skipped tests.</summary>
    public const string ProblemVariable = "KUBELENS_TEST_CLUSTER_PROBLEM";

    private const int OldestKubectl = 27;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<LocalApiServer> _others = [];
    private TempFolder? _home;
    private LocalApiServer? _local;
    private ClusterAccess? _access;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The cluster, or the test is skipped.</summary>
    public async Task<ClusterAccess> RequireAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _access ??= await FindAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The cluster with a node that runs pods, or the test is skipped.</summary>
    public async Task<ClusterAccess> RequireNodeAsync(CancellationToken cancellationToken)
    {
        var access = await RequireAsync(cancellationToken);
        Assert.SkipUnless(access.HasNode, $"The test cluster has no node: point {KubeconfigsVariable} at the kubeconfigs of one that has.{Problem()}");
        return access;
    }

    /// <summary>A cluster of one's own beside it, without a node, or the test is skipped.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="apiServer">Further arguments of its kube-apiserver.</param>
    public async Task<ClusterAccess> RequireAnotherAsync(CancellationToken cancellationToken, params string[] apiServer)
    {
        var (assets, kubectl) = RequireAssets();
        var other = await LocalApiServer.StartAsync(assets, kubectl, cancellationToken, apiServer);
        lock (_others)
        {
            _others.Add(other);
        }

        return other.Access;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        if (_local is not null)
        {
            await _local.DisposeAsync();
        }

        _home?.Dispose();
        _gate.Dispose();
    }

    private async Task<ClusterAccess> FindAsync(CancellationToken cancellationToken)
    {
        if (Variable(KubeconfigsVariable) is { } folder)
        {
            var kubectl = FindKubectl();
            Assert.SkipWhen(kubectl is null, $"No kubectl 1.{OldestKubectl} or later on the PATH.");
            return await UseRunningAsync(folder, kubectl!, cancellationToken);
        }

        var (assets, program) = RequireAssets();
        _local = await LocalApiServer.StartAsync(assets, program, cancellationToken);
        return _local.Access;
    }

    private static (string Assets, string Kubectl) RequireAssets()
    {
        var (assets, kubectl) = (Variable(AssetsVariable), FindKubectl());
        Assert.SkipWhen(assets is null, $"No test cluster: neither {KubeconfigsVariable} nor {AssetsVariable} is set.{Problem()}");
        var missing = new[] { "etcd", "kube-apiserver" }.Where(name => !File.Exists(Path.Combine(assets!, name))).ToList();
        Assert.SkipWhen(missing.Count > 0, $"No test cluster: {AssetsVariable} ({assets}) has no {string.Join(" and no ", missing)}.");
        Assert.SkipWhen(kubectl is null, $"kubectl 1.{OldestKubectl} or later is neither in {AssetsVariable} nor on the PATH.");
        return (assets!, kubectl!);
    }

    private async Task<ClusterAccess> UseRunningAsync(string folder, string kubectl, CancellationToken cancellationToken)
    {
        var admin = Path.Combine(folder, "admin.kubeconfig");
        if (!File.Exists(admin))
        {
            throw new InvalidOperationException($"{KubeconfigsVariable} names the folder {folder}, which has no admin.kubeconfig.");
        }

        _home = new TempFolder("kubectl");
        var nodes = await new Kubectl(kubectl, admin, _home.Path).RunAsync(["get", "nodes", "--output", "name", "--request-timeout", "20s"], cancellationToken);
        if (nodes.ExitCode != 0)
        {
            throw new InvalidOperationException($"The cluster of {KubeconfigsVariable} ({admin}) does not answer: {nodes.Error}");
        }

        var auditLog = Path.Combine(folder, "..", "audit.log");
        var access = new ClusterAccess(folder, kubectl, _home.Path)
        {
            HasNode = nodes.Output.Length > 0,
            AuditLog = File.Exists(auditLog) ? Path.GetFullPath(auditLog) : null,
            FrontProxy = Pair(folder, "front-proxy-client"),
            Serving = Pair(folder, "apiserver"),
            KubeletClient = Pair(folder, "apiserver-kubelet-client"),
        };
        if (access.HasNode)
        {
            await WaitForControllersAsync(access, cancellationToken);
        }

        return access;
    }

    /// <summary>In a cluster that has just started they have yet to make what pods and the user app need.</summary>
    private static async Task WaitForControllersAsync(ClusterAccess access, CancellationToken cancellationToken)
    {
        var deadline = TimeSpan.FromMinutes(1);
        await Eventually.Async(
            async () => (await access.Kubectl("admin").RunAsync(["get", "serviceaccount", "default", "--namespace", "default"], cancellationToken)).ExitCode == 0,
            cancellationToken,
            deadline,
            "the controllers have made the service account default (does kube-controller-manager run?)");
        await Eventually.Async(
            async () => (await access.Kubectl("app").RunAsync(["auth", "can-i", "list", "pods", "--namespace", "default"], cancellationToken)).ExitCode == 0,
            cancellationToken,
            deadline,
            "the controllers have filled the role view (does kube-controller-manager run?)");
    }

    private static (string Certificate, string Key)? Pair(string folder, string name)
        => Path.GetFullPath(Path.Combine(folder, "..", "pki", name)) is var path && File.Exists($"{path}.crt") && File.Exists($"{path}.key") ? ($"{path}.crt", $"{path}.key") : null;

    /// <summary>Debian's is too old for what tests ask of a cluster.</summary>
    private static string? FindKubectl() => KubectlPrograms.All.FirstOrDefault(program => program.Minor >= OldestKubectl)?.Path;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Problem() => Variable(ProblemVariable) is { } problem ? $" ({problem})" : "";
}
