using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Identity.Modes;

/// <summary>A gateway in one mode before a real cluster.</summary>
internal sealed class RealGateway : GatewayUnderTest
{
    private readonly ClusterAccess _cluster;

    private RealGateway(ClusterAccess cluster) => _cluster = cluster;

    /// <param name="user">Whose kubeconfig the gateway has.</param>
    public static async Task<RealGateway> StartAsync(ClusterAccess cluster, string user, string mode, params (string Key, string Value)[] settings)
    {
        var gateway = new RealGateway(cluster);
        gateway.Settings["Cluster__Kubeconfig"] = cluster.Kubeconfig(user);
        gateway.Settings["Cluster__Identity"] = mode;
        foreach (var (key, value) in settings)
        {
            gateway.Settings[key] = value;
        }

        await gateway.InitializeAsync();
        return gateway;
    }

    /// <summary>The token of the service account default/app.</summary>
    public string AppToken => KubeconfigLoader.Load(_cluster.Kubeconfig("app"), "").User.Token;

    /// <summary>kubectl at the gateway with this <c>user</c> entry; the issued one when there is none.</summary>
    public Kubectl Kubectl(string? user = null)
    {
        var file = Home["kubeconfig"];
        if (user is not null)
        {
            file = Home[$"{Guid.NewGuid():n}.kubeconfig"];
            File.WriteAllText(file, KubeconfigText.One(Address.AbsoluteUri.TrimEnd('/'), $"certificate-authority-data: {KubeconfigText.Base64(Authority.ExportCertificatePem())}", user));
        }

        return _cluster.KubectlWith(file);
    }

    /// <summary>The first line of what <c>kubectl auth can-i</c> prints on standard output.</summary>
    public async Task<string> MayAsync(string? user, params string[] what) =>
        (await Kubectl(user).RunAsync(["auth", "can-i", .. what], TestContext.Current.CancellationToken)) is var result && result.Output.Trim() is { Length: > 0 } answer ? answer : result.Error;
}
