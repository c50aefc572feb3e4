using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Serving;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Identity.Serving;

/// <summary>The operator's files, as they change.</summary>
public sealed class ServingCertificatesTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly TestAuthority _authority = TestAuthority.Create();
    private readonly TestLog<ServingCertificates> _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Look_BothFilesChange_UsesThemAndSaysSoOnce()
    {
        Write(_authority.Server("a.example"));
        var certificates = Load();
        using var next = _authority.Server("a.example", "b.example");
        Write(next);

        certificates.HasName("b.example").ShouldBeFalse();
        certificates.Look();
        certificates.Look();

        certificates.Choose("a.example", null)!.Leaf.Thumbprint.ShouldBe(next.Thumbprint);
        certificates.HasName("b.example").ShouldBeTrue();
        _log.Lines.ShouldHaveSingleItem().Id.ShouldBe(1080);
    }

    [Fact]
    public void Look_FilesRenamedInto_UsesThem()
    {
        Write(_authority.Server("a.example"));
        var certificates = Load();
        using var next = _authority.Server("a.example");
        Write(next, "next");
        File.SetLastWriteTimeUtc(_folder["next.crt"], File.GetLastWriteTimeUtc(_folder["tls.crt"]));
        File.Move(_folder["next.crt"], _folder["tls.crt"], overwrite: true);
        File.Move(_folder["next.key"], _folder["tls.key"], overwrite: true);

        certificates.Look();

        certificates.Choose("a.example", null)!.Leaf.Thumbprint.ShouldBe(next.Thumbprint);
    }

    // A mounted secret: tls.crt -> ..data/tls.crt, ..data -> ..2026_1, and a new ..data renamed over the old.
    [Fact]
    public void Look_MountedSecretIsSwapped_UsesIt()
    {
        Write(_authority.Server("a.example"), "..1/tls");
        using var next = _authority.Server("a.example");
        Write(next, "..2/tls");
        File.CreateSymbolicLink(_folder["..data"], "..1");
        File.CreateSymbolicLink(_folder["tls.crt"], "..data/tls.crt");
        File.CreateSymbolicLink(_folder["tls.key"], "..data/tls.key");
        var certificates = Load();

        File.CreateSymbolicLink(_folder["..data_tmp"], "..2");
        Process.Start("mv", ["-T", _folder["..data_tmp"], _folder["..data"]]).WaitForExit();
        certificates.Look();

        certificates.Choose("a.example", null)!.Leaf.Thumbprint.ShouldBe(next.Thumbprint);
    }

    [Theory]
    [InlineData("half", "not whole")]
    [InlineData("other key", "key")]
    [InlineData("no certificate", "PEM")]
    [InlineData("gone", "Could not find file")]
    public void Look_UnusablePair_KeepsTheFormerAndSaysSoOnceNamingFileAndFix(string kind, string words)
    {
        using var first = _authority.Server("a.example");
        Write(first);
        var certificates = Load();
        using var next = _authority.Server("a.example");
        switch (kind)
        {
            case "half": _folder.Write("tls.crt", next.ExportCertificatePem()[..300]); break;
            case "other key": _folder.Write("tls.crt", next.ExportCertificatePem()); break;
            case "no certificate": _folder.Write("tls.crt", "hello"); break;
            default: File.Delete(_folder["tls.crt"]); break;
        }

        certificates.Look();
        _log.Lines.ShouldBeEmpty("the other file may be on its way");
        for (var i = 0; i < 5; i++)
        {
            certificates.Look();
        }

        var line = _log.Lines.ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Error);
        line.Text.ShouldContain($"Gateway:Certificates:0: {_folder["tls.crt"]} with {_folder["tls.key"]} cannot be used (");
        line.Text.ShouldContain(words);
        line.Text.ShouldContain("Write the certificate and its own key");
        certificates.Choose("a.example", null)!.Leaf.Thumbprint.ShouldBe(first.Thumbprint);
        Write(next);
        certificates.Look();
        certificates.Choose("a.example", null)!.Leaf.Thumbprint.ShouldBe(next.Thumbprint);
    }

    [Theory]
    [InlineData("missing", "Could not find file")]
    [InlineData("other key", "key")]
    [InlineData("encrypted", "the key is encrypted")]
    [InlineData("empty", "PEM")]
    public void Load_BadFiles_EndTheStartNamingTheKey(string kind, string words)
    {
        using var pair = _authority.Server("a.example");
        using var other = _authority.Server("a.example");
        Write(pair);
        switch (kind)
        {
            case "missing": File.Delete(_folder["tls.key"]); break;
            case "other key": _folder.Write("tls.key", TestAuthority.KeyPem(other)); break;
            case "encrypted": _folder.Write("tls.key", pair.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))); break;
            default: _folder.Write("tls.crt", ""); break;
        }

        var message = Should.Throw<ConfigurationException>(Load).Message;

        message.ShouldStartWith($"Gateway:Certificates:0: {_folder["tls.crt"]} with {_folder["tls.key"]} cannot be used (");
        message.ShouldContain(words);
        message.ShouldContain("Give a PEM certificate with its chain");
    }

    [Theory]
    [InlineData("rsa pkcs1")]
    [InlineData("ec sec1")]
    public void Load_KeyInAnOlderForm_IsTaken(string kind)
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = kind == "rsa pkcs1" ? new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest("CN=x", ec, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(_clock.Now.AddDays(-1), _clock.Now.AddDays(300));
        _folder.Write("tls.crt", certificate.ExportCertificatePem());
        _folder.Write("tls.key", kind == "rsa pkcs1" ? rsa.ExportRSAPrivateKeyPem() : ec.ExportECPrivateKeyPem());

        Load();

        _log.Lines.ShouldHaveSingleItem().Text.ShouldContain("has no subject alternative name");
    }

    [Fact]
    public void Look_CertificateEnds_WarnsOnceADayUntilItIsReplaced()
    {
        Write(_authority.Server("a.example")); // ten days behind, ten before it
        var certificates = Load();
        certificates.Look();
        _log.Lines.ShouldBeEmpty();

        _clock.Now += TimeSpan.FromDays(6);
        certificates.Look();
        certificates.Look();
        _log.Lines.ShouldHaveSingleItem().Text.ShouldContain("expires at");
        _clock.Now += TimeSpan.FromDays(5);
        certificates.Look();

        _log.Lines.Count.ShouldBe(2);
        _log.Lines.Last().Text.ShouldContain($"The certificate {_folder["tls.crt"]} (CN=kube-apiserver) has expired");
        _log.Lines.Last().Text.ShouldContain("Put a new one there");
    }

    private ServingCertificates Load()
    {
        var options = PkiHarness.Options(_folder.Path);
        options.Value.Certificates.Add(new ServingCertificateOptions { CertificateFile = _folder["tls.crt"], KeyFile = _folder["tls.key"] });
        return new ServingCertificates(options, _clock, _log);
    }

    private void Write(X509Certificate2 certificate, string name = "tls")
    {
        _folder.Write($"{name}.crt", certificate.ExportCertificatePem());
        _folder.Write($"{name}.key", TestAuthority.KeyPem(certificate));
    }
}
