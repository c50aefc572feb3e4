using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.ForwardProxy;
using KubeLens.Gateway.Tests.Identity;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.ForwardProxy;

public sealed class ProxyCertificatesTests : IDisposable
{
    private static readonly ProxyTarget Prod = new("prod.example", 6443, "prod");
    private static readonly ProxyTarget Dev = new("10.0.0.7", 6443, "dev") { ServerName = "kubernetes" };

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly Targets _targets = new() { All = [Prod] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void For_AHost_IsMadeOnceAndKept()
    {
        var first = Create().For(Prod);

        Create().For(Prod).Thumbprint.ShouldBe(first.Thumbprint);
        Names(first).ShouldBe(["prod.example"]);
        _folder.Mode("pki/proxy-prod.example.pem").ShouldBe("600");
        _folder.Mode("pki/proxy-ca.pem").ShouldBe("600");
        File.ReadAllText(_folder["pki/proxy-ca.crt"]).ShouldNotContain("KEY");
        Verifies(first).ShouldBeTrue();
    }

    [Fact]
    public void For_ClusterWithATlsServerName_IsForBoth()
    {
        _targets.All = [Dev];

        var leaf = Create().For(Dev);

        Names(leaf).ShouldBe(["kubernetes", "10.0.0.7"]);
        Verifies(leaf).ShouldBeTrue();
    }

    [Fact]
    public void For_ClusterAdded_AuthorityFollowsWithItsKeyAndTheOthersStay()
    {
        var certificates = Create();
        var before = certificates.For(Prod);
        var key = Authority().PublicKey.ExportSubjectPublicKeyInfo();

        _targets.All = [Prod, Dev];

        Verifies(certificates.For(Dev)).ShouldBeTrue();
        certificates.For(Prod).Thumbprint.ShouldBe(before.Thumbprint);
        Authority().PublicKey.ExportSubjectPublicKeyInfo().ShouldBe(key);
        _targets.All = [Dev];
        Should.Throw<Gateway.Identity.GatewayPkiException>(() => certificates.For(Prod));
    }

    [Fact]
    public void For_NearItsEnd_IsRenewedWhileRunning()
    {
        var certificates = Create();
        var first = certificates.For(Prod);
        _clock.Now += TimeSpan.FromDays(330);

        certificates.For(Prod).Thumbprint.ShouldNotBe(first.Thumbprint);
    }

    private ProxyCertificates Create() => new(PkiHarness.Options(_folder.Path), _targets, _clock, new TestLog<ProxyCertificates>());

    private X509Certificate2 Authority() => X509CertificateLoader.LoadCertificateFromFile(_folder["pki/proxy-ca.crt"]);

    private static string[] Names(X509Certificate2 leaf) =>
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single() is var names ? [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())] : [];

    private bool Verifies(X509Certificate2 leaf)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { Authority() }, RevocationMode = X509RevocationMode.NoCheck } };
        return chain.Build(leaf);
    }

    private sealed class Targets : IProxyTargets
    {
        public IReadOnlyList<ProxyTarget> All { get; set; } = [];
    }
}
