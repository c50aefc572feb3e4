using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Connect.Commands;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Identity;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Tests.Connect.Commands;

/// <summary>The commands beside a home in which a gateway has been, and one in which none has.</summary>
public sealed class GatewayCommandsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kubeconfig_Out_IsAPrivateFileThatPointsAtTheGateway()
    {
        var pki = Home();
        var result = await GatewayCommand.RunAsync(_folder.Path, "kubeconfig", "--user", "alice", "--group", "dev", "--group", "ops", "--ttl", "8h", "--out", _folder["alice"]);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("to alice (dev, ops) until");
        _folder.Mode("alice").ShouldBe("600");
        var context = KubeconfigLoader.Load(_folder["alice"], "");
        (context.Name, context.Namespace).ShouldBe(("prod", "shop"));
        context.Cluster.Server.Port.ShouldBe(7444);
        context.Cluster.Authorities!.Single().Thumbprint.ShouldBe(pki.Current.Authority.Thumbprint);
        var leaf = context.User.Certificate!.Leaf;
        pki.Current.Issued(leaf, TimeProvider.System.GetUtcNow()).ShouldBeTrue();
        var (user, groups) = CertificateIdentity.Read(leaf.SubjectName);
        user.ShouldBe("alice");
        groups.ShouldBe(["dev", "ops"], ignoreOrder: true);
        (leaf.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow()).ShouldBeInRange(TimeSpan.FromHours(7.9), TimeSpan.FromHours(8));
    }

    [Fact]
    public async Task Kubeconfig_ServerAndNoOut_IsPrinted()
    {
        Home();
        var result = await GatewayCommand.RunProgramAsync(_folder.Path, "kubeconfig", "--user", "bob", "--server", "https://gateway.example:6444");

        result.ExitCode.ShouldBe(0, result.Error);
        KubeconfigLoader.Load(_folder.Write("bob", result.Output), "").Cluster.Server.Host.ShouldBe("gateway.example");
    }

    [Theory]
    [InlineData("the user \"system:admin\"", "--user", "system:admin")]
    [InlineData("the group \"system:masters\"", "--user", "alice", "--group", "system:masters")]
    [InlineData("--ttl is \"8\"", "--user", "alice", "--ttl", "8")]
    [InlineData("--ttl is \"-1h\"", "--user", "alice", "--ttl=-1h")]
    [InlineData("at most a year", "--user", "alice", "--ttl", "366d")]
    [InlineData("--server is \"http://x\"", "--user", "alice", "--server", "http://x")]
    [InlineData("--user", "--group", "dev")]
    public async Task Kubeconfig_Bad_IsASentenceAndIssuesNothing(string words, params string[] arguments)
    {
        var before = Home().Issued.Read().Count;
        var result = await GatewayCommand.RunAsync(_folder.Path, ["kubeconfig", .. arguments]);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain(words);
        result.Error.ShouldNotContain("   at ");
        PkiHarness.Pki(_folder.Path, TimeProvider.System).Issued.Read().Count.ShouldBe(before);
    }

    [Fact]
    public async Task BrowserCertificate_NoPasswordGiven_IsAPrivateFileForThePrintedOne()
    {
        var pki = Home();
        var result = await GatewayCommand.RunAsync(_folder.Path, "browser-certificate", "--user", "alice", "--group", "dev", "--ttl", "1h", "--out", _folder["alice.p12"]);

        result.ExitCode.ShouldBe(0, result.Error);
        _folder.Mode("alice.p12").ShouldBe("600");
        result.Output.ShouldMatch("^password: [a-z2-9]{20}\n$");
        var password = result.Output.Split(' ', '\n')[1];
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(_folder["alice.p12"], password);
        certificate.HasPrivateKey.ShouldBeTrue();
        pki.Current.Issued(certificate, TimeProvider.System.GetUtcNow()).ShouldBeTrue();
        CertificateIdentity.Read(certificate.SubjectName).User.ShouldBe("alice");
        Should.Throw<CryptographicException>(() => X509CertificateLoader.LoadPkcs12FromFile(_folder["alice.p12"], "other"));
        (await GatewayCommand.RunAsync(_folder.Path, "certificates")).Require().ShouldContain(certificate.SerialNumber);
        (await GatewayCommand.RunAsync(_folder.Path, "revoke", "--user", "alice")).Require().ShouldContain(certificate.SerialNumber);
    }

    [Fact]
    public async Task BrowserCertificate_PasswordFile_IsTakenAndNothingPrinted()
    {
        Home();
        var result = await GatewayCommand.RunAsync(_folder.Path, "browser-certificate", "--user", "bob", "--out", _folder["bob.p12"], "--password-file", _folder.Write("password", "of my own\n"));

        result.Require().ShouldBeEmpty();
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(_folder["bob.p12"], "of my own");
        certificate.Subject.ShouldBe("CN=bob");
    }

    [Theory]
    [InlineData("the user \"system:admin\"", "--user", "system:admin", "--out", "x")]
    [InlineData("--out", "--user", "alice")]
    [InlineData("at most a year", "--user", "alice", "--out", "x", "--ttl", "366d")]
    [InlineData("is empty: browsers do not import such a file", "--user", "alice", "--out", "x", "--password-file", "/dev/null")]
    [InlineData("Could not find file", "--user", "alice", "--out", "x", "--password-file", "/nowhere")]
    public async Task BrowserCertificate_Bad_IsASentenceAndIssuesNothing(string words, params string[] arguments)
    {
        var before = Home().Issued.Read().Count;
        var result = await GatewayCommand.RunAsync(_folder.Path, ["browser-certificate", .. arguments]);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain(words);
        PkiHarness.Pki(_folder.Path, TimeProvider.System).Issued.Read().Count.ShouldBe(before);
    }

    [Fact]
    public async Task Kubeconfig_NoGatewayWasHere_SaysSoAndMakesNoAuthority()
    {
        var result = await GatewayCommand.RunAsync(_folder.Path, "kubeconfig", "--user", "alice");

        result.ExitCode.ShouldBe(78);
        result.Error.ShouldContain("no gateway has started with this home");
        Directory.Exists(_folder["pki"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Certificates_ListsThemAndRevokeEndsThem()
    {
        var pki = Home();
        var (first, second) = (pki.IssueClient("alice", "dev").Entry.Serial, pki.IssueClient("alice", "dev", "ops").Entry.Serial);

        (await GatewayCommand.RunAsync(_folder.Path, "revoke", first.ToLowerInvariant())).Require().ShouldBe($"revoked {first} of alice\n");
        (await GatewayCommand.RunAsync(_folder.Path, "revoke", "--user", "alice")).Require().ShouldBe($"revoked {second} of alice\n");
        var again = await GatewayCommand.RunAsync(_folder.Path, "revoke", "--user", "alice");
        var list = (await GatewayCommand.RunAsync(_folder.Path, "certificates")).Require().Split('\n');

        again.ExitCode.ShouldBe(1);
        again.Error.ShouldContain("no certificate of user \"alice\" counts");
        list[0].ShouldStartWith("SERIAL");
        list.ShouldContain(line => line.StartsWith(second, StringComparison.Ordinal) && line.Contains("dev,ops") && line.Contains("revoked"));
        list.Count(line => line.Contains("counts")).ShouldBe(1); // the gateway's own
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("revoke", "AB", "--user", "alice")]
    [InlineData("revoke", "AB")]
    public async Task Revoke_NotExactlyOne_IsRefused(params string[] arguments)
    {
        Home();
        (await GatewayCommand.RunAsync(_folder.Path, arguments)).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, "kubeconfig")]
    [InlineData(true, "browser-certificate")]
    [InlineData(true, "revoke", "AB")]
    [InlineData(true, "--help")]
    [InlineData(false)]
    [InlineData(false, "--Gateway:Port=0")]
    [InlineData(false, "--urls", "http://x")]
    public void Knows_OnlyItsOwnWords_OthersAreTheServices(bool knows, params string[] arguments) => GatewayCommands.Knows(arguments).ShouldBe(knows);

    // As a gateway on port 7444 leaves it.
    private Gateway.Identity.GatewayPki Home()
    {
        var pki = PkiHarness.Pki(_folder.Path, TimeProvider.System);
        new Gateway.Connect.IssuedKubeconfig(PkiHarness.Options(_folder.Path), pki, TimeProvider.System, new TestLog<Gateway.Connect.IssuedKubeconfig>())
            .Write([new("prod", "https://127.0.0.1:7444", "shop"), new("stage", "https://127.0.0.1:7444/clusters/stage", "")]);
        return pki;
    }
}
