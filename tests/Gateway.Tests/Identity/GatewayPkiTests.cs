using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class GatewayPkiTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Current_FirstStart_MakesPrivateFiles()
    {
        var state = Pki().Current;

        foreach (var name in new[] { "ca.pem", "ca.crt", "client-ca.pem", "server.pem" })
        {
            File.Exists(_folder["pki/" + name]).ShouldBeTrue(name);
            Mode("pki/" + name).ShouldBe("600", name);
        }

        Mode("pki").ShouldBe("700");
        Directory.GetFiles(_folder["pki"], "*.tmp").ShouldBeEmpty();
        File.ReadAllText(_folder["pki/ca.crt"]).ShouldBe(state.AuthorityPem);
        File.ReadAllText(_folder["pki/ca.crt"]).ShouldNotContain("KEY");
        state.Server.GetECDsaPrivateKey()!.KeySize.ShouldBe(256);
    }

    [Fact]
    public void Current_SecondStart_KeepsAll()
    {
        var first = Pki().Current;

        var second = Pki().Current;

        second.Authority.Thumbprint.ShouldBe(first.Authority.Thumbprint);
        second.ClientAuthority.Thumbprint.ShouldBe(first.ClientAuthority.Thumbprint);
        second.Server.Thumbprint.ShouldBe(first.Server.Thumbprint);
    }

    [Fact]
    public async Task Current_ManyStartsAtOnce_AgreeOnOne()
    {
        var thumbprints = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Pki().Current is var state ? state.Authority.Thumbprint + state.Server.Thumbprint + state.ClientAuthority.Thumbprint : "")));

        thumbprints.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Current_ServerNearExpiry_IsRenewedWhileRunning()
    {
        var pki = Pki();
        var first = pki.Current;
        _clock.Now += TimeSpan.FromDays(290);
        pki.Current.ShouldBeSameAs(first);

        _clock.Now += TimeSpan.FromDays(30);
        var second = pki.Current;

        second.Server.Thumbprint.ShouldNotBe(first.Server.Thumbprint);
        second.Authority.Thumbprint.ShouldBe(first.Authority.Thumbprint);
        Pki().Current.Server.Thumbprint.ShouldBe(second.Server.Thumbprint);
    }

    [Fact]
    public void Current_AuthorityNearExpiry_IsRenewedWithItsKeySoThatBothTrustBoth()
    {
        var pki = Pki();
        var first = pki.Current;
        var before = pki.IssueClient("jane", "kubelens").Load();
        _clock.Now += TimeSpan.FromDays(3000);

        var second = pki.Current;
        var after = pki.IssueClient("jane", "kubelens").Load();

        second.Authority.Thumbprint.ShouldNotBe(first.Authority.Thumbprint);
        second.ClientAuthority.Thumbprint.ShouldNotBe(first.ClientAuthority.Thumbprint);
        Verifies(second.Server, first.Authority, _clock.Now).ShouldBeTrue();
        second.Issued(before, _clock.Now.AddDays(-2999)).ShouldBeFalse("the renewed authority was not there yet");
        Verifies(before, second.ClientAuthority, _clock.Now).ShouldBeFalse("the client's own time is over");
        Verifies(after, first.ClientAuthority, _clock.Now).ShouldBeTrue();
        second.Issued(after, _clock.Now).ShouldBeTrue();
    }

    [Fact]
    public void Current_NamesChange_CertificatesFollow()
    {
        var first = Pki().Current;

        var second = Pki("gateway.example", "10.0.0.7").Current;

        var names = second.Server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        names.EnumerateDnsNames().ShouldBe(["localhost", "gateway.example"]);
        names.EnumerateIPAddresses().Select(address => address.ToString()).ShouldBe(["127.0.0.1", "::1", "10.0.0.7"]);
        second.Authority.PublicKey.ExportSubjectPublicKeyInfo().ShouldBe(first.Authority.PublicKey.ExportSubjectPublicKeyInfo());
        Verifies(second.Server, second.Authority, _clock.Now).ShouldBeTrue();
        Verifies(second.Server, first.Authority, _clock.Now).ShouldBeFalse("the former authority may not vouch for the new name");
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("8.8.8.8")]
    public void Authority_StolenKey_CannotPoseAsOthers(string name)
    {
        Pki();
        _ = Pki().Current;
        var pem = File.ReadAllText(_folder["pki/ca.pem"]);
        using var stolen = X509Certificate2.CreateFromPem(pem, pem);
        using var key = CertificateMaker.NewKey();

        using var forged = CertificateMaker.Server(stolen, key, [name], _clock.Now, TimeSpan.FromDays(30));
        using var honest = CertificateMaker.Server(stolen, key, ["localhost", "127.0.0.1", "127.9.9.9", "::1"], _clock.Now, TimeSpan.FromDays(30));

        Verifies(forged, stolen, _clock.Now).ShouldBeFalse();
        Verifies(honest, stolen, _clock.Now).ShouldBeTrue();
        OpenSsl(forged).ShouldContain("permitted subtree violation");
        OpenSsl(honest).ShouldContain(": OK");
    }

    [Fact]
    public void OpenSsl_ServerAndDottedClient_AreAccepted()
    {
        var pki = Pki();
        OpenSsl(pki.Current.Server, "-purpose", "sslserver", "-verify_ip", "127.0.0.1", "-x509_strict").ShouldContain(": OK");
        OpenSsl(pki.Current.Server, "-purpose", "sslserver", "-verify_hostname", "localhost").ShouldContain(": OK");
        OpenSsl(pki.Current.Server, "-purpose", "sslserver", "-verify_ip", "::1").ShouldContain(": OK");
        pki.Current.Issued(pki.IssueClient("jane.doe", "kubelens").Load(), _clock.Now).ShouldBeTrue();
    }

    [Fact]
    public void Issued_OthersCertificates_AreNot()
    {
        var pki = Pki();

        pki.Current.Issued(pki.Current.Server, _clock.Now).ShouldBeFalse();
        pki.Current.Issued(TestAuthority.Create().Client("CN=jane"), _clock.Now).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("client-ca.pem")]
    [InlineData("server.pem")]
    public void Current_CorruptFile_NamesItAndTheFix(string name)
    {
        _ = Pki().Current;
        File.WriteAllText(_folder["pki/" + name], File.ReadAllText(_folder["pki/" + name])[..200]);

        Should.Throw<GatewayPkiException>(() => Pki().Current).Message.ShouldStartWith($"{_folder["pki/" + name]}: is not a certificate with its key");
        File.Delete(_folder["pki/" + name]);
        Verifies(Pki().Current.Server, Pki().Current.Authority, _clock.Now).ShouldBeTrue();
    }

    [Fact]
    public void Current_NamesInOtherSpelling_AreTheSame()
    {
        var first = Pki("0:0:0:0:0:0:0:1", "LOCALHOST").Current;

        Pki().Current.Server.Thumbprint.ShouldBe(first.Server.Thumbprint);
    }

    [Fact]
    public void Current_FileOfAnotherKind_NamesIt()
    {
        _ = Pki().Current;
        File.Copy(_folder["pki/server.pem"], _folder["pki/ca.pem"], overwrite: true);
        Should.Throw<GatewayPkiException>(() => Pki().Current).Message.ShouldStartWith($"{_folder["pki/ca.pem"]}: is not a certificate authority");

        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var request = new CertificateRequest("CN=rsa", rsa, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        _folder.Write("pki/ca.pem", rsa.ExportPkcs8PrivateKeyPem() + "\n" + request.CreateSelfSigned(_clock.Now, _clock.Now.AddDays(1)).ExportCertificatePem());
        Should.Throw<GatewayPkiException>(() => Pki().Current).Message.ShouldContain("not one for elliptic curves");

        File.Delete(_folder["pki/ca.pem"]);
        Directory.CreateDirectory(_folder["pki/ca.pem"]);
        _folder.Write("pki/server.pem", "");

        Should.Throw<GatewayPkiException>(() => Pki().Current).Message.ShouldContain("ca.pem: cannot be written");
    }

    [Fact]
    public void Current_HomeCannotBeMade_NamesIt()
    {
        _folder.Write("file", "");

        Should.Throw<GatewayPkiException>(() => PkiHarness.Pki(_folder["file"], _clock).Current).Message.ShouldContain(_folder["file/pki"]);
    }

    [Fact]
    public void Current_RenewalFails_KeepsWhatIsThereAndTriesAgain()
    {
        var pki = Pki();
        var first = pki.Current;
        File.WriteAllText(_folder["pki/ca.pem"], "broken");
        _clock.Now += TimeSpan.FromDays(350);

        pki.Current.Server.Thumbprint.ShouldBe(first.Server.Thumbprint);
        File.Delete(_folder["pki/ca.pem"]);
        pki.Current.Server.Thumbprint.ShouldBe(first.Server.Thumbprint);
        _clock.Now += TimeSpan.FromMinutes(1);
        pki.Current.Server.Thumbprint.ShouldNotBe(first.Server.Thumbprint);
    }

    [Fact]
    public void Current_KeyOpenToOthers_IsClosedWithAWarning()
    {
        _ = Pki().Current;
        Process.Start("chmod", ["644", _folder["pki/ca.pem"]]).WaitForExit();
        var log = new TestLog<GatewayPki>();

        _ = new GatewayPki(PkiHarness.Options(_folder.Path), _clock, log).Current;

        Mode("pki/ca.pem").ShouldBe("600");
        log.Lines.ShouldContain(line => line.Id == 1051 && line.Text.Contains("ca.pem", StringComparison.Ordinal));
    }

    [Fact]
    public void IssueClient_OddName_IsTheCallersName()
    {
        const string Odd = "a=b, O=system:masters+CN=x \"q\" ü";

        using var certificate = Pki().IssueClient(Odd, "kubelens").Load();

        CallerCertificates.Of(certificate, issued: true, CancellationToken.None).Name.ShouldBe(Odd);
    }

    private static bool Verifies(X509Certificate2 certificate, X509Certificate2 authority, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        return chain.Build(certificate);
    }

    private string OpenSsl(X509Certificate2 certificate, params string[] arguments)
    {
        var file = _folder.Write("leaf.crt", certificate.ExportCertificatePem());
        var start = new ProcessStartInfo("openssl", ["verify", "-CAfile", _folder["pki/ca.crt"], .. arguments, file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
    }

    private string Mode(string name) => _folder.Mode(name);

    private GatewayPki Pki(params string[] names) => PkiHarness.Pki(_folder.Path, _clock, names);
}
