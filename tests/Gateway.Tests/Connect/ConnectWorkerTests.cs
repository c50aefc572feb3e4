using KubeLens.Gateway.Connect;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Identity;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Gateway.Tests.Connect;

public sealed class ConnectWorkerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_PortZero_WritesThePortThatWasTaken()
    {
        await using var gateway = await StartAsync();

        KubeconfigLoader.Load(_folder["kubeconfig"], "").Cluster.Server.Port.ShouldBe(gateway.Port);
    }

    [Fact]
    public async Task Kubectl_WithTheIssuedKubeconfig_IsTheCaller()
    {
        await using var gateway = await StartAsync();

        var (code, output) = await Kubectl.RunAsync(_folder["kubeconfig"], "get", "--raw", "/api");

        code.ShouldBe(0, output);
        output.ShouldBe(Environment.UserName + " HTTP/2");
    }

    [Fact]
    public async Task Kubectl_WithoutTheCredential_PrintsWhatToUse()
    {
        await using var gateway = await StartAsync();
        var without = _folder.Write("without", string.Join('\n', (await File.ReadAllLinesAsync(_folder["kubeconfig"], TestContext.Current.CancellationToken)).Where(line => !line.Contains("client-", StringComparison.Ordinal))).Replace("  user:\n", "  user: { token: of-the-cluster }\n", StringComparison.Ordinal));

        var (code, output) = await Kubectl.RunAsync(without, "get", "--raw", "/api");

        code.ShouldNotBe(0);
        output.ShouldContain("no client certificate was shown");
        output.ShouldContain(_folder["kubeconfig"]);
    }

    private Task<TestGateway> StartAsync() => TestGateway.StartAsync(_folder.Path, TimeProvider.System, services =>
    {
        services.AddSingleton(KubeconfigLoader.Load(_folder.Write("upstream", KubeconfigText.One()), ""));
        services.AddConnect();
    });
}
