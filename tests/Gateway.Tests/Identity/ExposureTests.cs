using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Identity;

/// <summary>The gateway's own process, told to serve others than this machine.</summary>
public sealed class ExposureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_BeyondLoopbackInCredentialMode_EndsWithTheKeyAndTheFix()
    {
        await using var process = TestProcess.Start(new TestCommand("dotnet", Path.Combine(AppContext.BaseDirectory, "KubeLens.Gateway.dll"))
        {
            Environment = new Dictionary<string, string?>
            {
                ["Gateway__Bind"] = "0.0.0.0",
                ["Gateway__Port"] = "0",
                ["Gateway__Home"] = _folder.Path,
                ["Cluster__Kubeconfig"] = _folder.Write("upstream", KubeconfigText.One()),
                ["Store__TokenFile"] = _folder.Write("service-token", "service"),
            },
        });

        (await process.WaitForExitAsync(TestContext.Current.CancellationToken)).ShouldBe(78);
        process.StandardError.ShouldContain("configuration: Gateway:Bind is 0.0.0.0, beyond loopback, but with Cluster:Identity=credential every caller has the kubeconfig's power. Set Cluster:Identity to");
        Directory.Exists(_folder["pki"]).ShouldBeFalse();
    }
}
