using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>A person with a browser and the PKCS#12 that an admin gave them.</summary>
public sealed class BrowserCertificateTests(SharedSystem shared)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ImportedCertificate_OpensVersionAsItsUserUntilItIsRevoked()
    {
        using var browser = await CertificateBrowser.CreateAsync(Cancel);
        var system = await shared.DemoAsync(Cancel);
        using var folder = new TempFolder("p12");
        var user = $"alice-{Guid.NewGuid():N}"[..14];
        var printed = await GatewayAsync(system, "browser-certificate", "--user", user, "--group", "dev", "--ttl", "1h", "--out", folder["alice.p12"]);
        await browser.TrustAsync(Path.Combine(system.Home.Path, "pki", "ca.crt"), Cancel);
        // Another service's certificate is there too. The browser must not offer it here: it would be taken, and refused.
        await browser.ImportAsync(OfAnotherAuthority(folder["other.p12"]), "other", Cancel);
        await browser.ImportAsync(folder["alice.p12"], printed.Split(' ', '\n')[1], Cancel);
        var address = new Uri($"https://127.0.0.1:{system.GatewayPort}/version?for={user}");

        (await browser.OpenAsync(address, Cancel)).ShouldContain("\"gitVersion\": \"v1.");

        var call = await system.Api.FindAsync($"verb:get path:/version caller:{user}", Cancel);
        (call.User, call.Status).ShouldBe((user, 200));
        await GatewayAsync(system, "revoke", "--user", user);
        await Eventually.Async(async () => (await browser.OpenAsync(address, Cancel)).Contains("the client certificate has been revoked", StringComparison.Ordinal), Cancel, TimeSpan.FromSeconds(30), "a refusal that says why");
    }

    private static async Task<string> GatewayAsync(KubeLensSystem system, params IReadOnlyList<string> arguments) =>
        (await TestProcess.RunAsync(
            new TestCommand("dotnet", [KubeLensSystem.ServicePath("Gateway"), .. arguments, "--home", system.Home.Path]) { Environment = new Dictionary<string, string?> { ["KUBELENS_PKCS12_PASSWORD"] = null } },
            Cancel)).Require();

    private static string OfAnotherAuthority(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=aaron, O=another", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllBytes(file, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "other"));
        return file;
    }
}
