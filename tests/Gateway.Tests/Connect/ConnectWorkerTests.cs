using System.Diagnostics;
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

        var (code, output) = await KubectlAsync(_folder["kubeconfig"]);

        code.ShouldBe(0, output);
        output.ShouldBe(Environment.UserName + " HTTP/2");
    }

    [Fact]
    public async Task Kubectl_WithoutTheCredential_PrintsWhatToUse()
    {
        await using var gateway = await StartAsync();
        var without = _folder.Write("without", string.Join('\n', (await File.ReadAllLinesAsync(_folder["kubeconfig"], TestContext.Current.CancellationToken)).Where(line => !line.Contains("client-", StringComparison.Ordinal))).Replace("  user:\n", "  user: { token: of-the-cluster }\n", StringComparison.Ordinal));

        var (code, output) = await KubectlAsync(without);

        code.ShouldNotBe(0);
        output.ShouldContain("no client certificate was shown");
        output.ShouldContain(_folder["kubeconfig"]);
    }

    private static async Task<(int Code, string Output)> KubectlAsync(string kubeconfig)
    {
        var start = new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, "get", "--raw", "/api"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("kubectl is not on PATH.");
            throw;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output + await errors);
        }
    }

    private Task<TestGateway> StartAsync() => TestGateway.StartAsync(_folder.Path, TimeProvider.System, services =>
    {
        services.AddSingleton(KubeconfigLoader.Load(_folder.Write("upstream", KubeconfigText.One()), ""));
        services.AddConnect();
    });
}
