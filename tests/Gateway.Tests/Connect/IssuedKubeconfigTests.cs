using KubeLens.Gateway.Connect;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Identity;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Connect;

public sealed class IssuedKubeconfigTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly TestLog<IssuedKubeconfig> _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_First_IsACompletePrivateKubeconfig()
    {
        var pki = PkiHarness.Pki(_folder.Path, _clock);

        Issued(pki, "odd: \"name\" #1", "prod").Write(6444).ShouldBeTrue();

        _folder.Mode("kubeconfig").ShouldBe("600");
        var context = KubeconfigLoader.Load(_folder["kubeconfig"], "");
        context.Name.ShouldBe("odd: \"name\" #1");
        context.Namespace.ShouldBe("prod");
        context.Cluster.Server.AbsoluteUri.ShouldBe("https://127.0.0.1:6444/");
        context.Cluster.Authorities!.Single().Thumbprint.ShouldBe(pki.Current.Authority.Thumbprint);
        pki.Current.Issued(context.User.Certificate!.Leaf, _clock.Now).ShouldBeTrue();
        CallerCertificates.Of(context.User.Certificate.Leaf, issued: true, CancellationToken.None).Name.ShouldBe(Environment.UserName);
        context.User.Certificate.Leaf.Subject.ShouldContain("O=kubelens");
    }

    [Fact]
    public void Write_SeveralClusters_HasAContextForEach()
    {
        var issued = new IssuedKubeconfig(PkiHarness.Options(_folder.Path), PkiHarness.Pki(_folder.Path, _clock), _clock, _log);
        KubeconfigEntry[] entries = [new("x1", "https://127.0.0.1:6444", "shop"), new("stage", "https://127.0.0.1:6444/clusters/stage", "")];

        issued.Write(entries).ShouldBeTrue();
        issued.Write(entries).ShouldBeFalse();
        KubeconfigLoader.Load([_folder["kubeconfig"]], null).Name.ShouldBe("x1");
        KubeconfigLoader.Load([_folder["kubeconfig"]], "stage").Cluster.Server.AbsoluteUri.ShouldBe("https://127.0.0.1:6444/clusters/stage");

        issued.Write(entries[..1]).ShouldBeTrue();
        KubeconfigLoader.Contexts([_folder["kubeconfig"]]).ShouldBe(["x1"]);
    }

    [Fact]
    public void Write_NothingChanged_LeavesTheFile()
    {
        Issued(PkiHarness.Pki(_folder.Path, _clock)).Write(6444);
        var before = File.ReadAllText(_folder["kubeconfig"]);
        _clock.Now += TimeSpan.FromDays(200);

        Issued(PkiHarness.Pki(_folder.Path, _clock)).Write(6444).ShouldBeFalse();

        File.ReadAllText(_folder["kubeconfig"]).ShouldBe(before);
    }

    [Fact]
    public void Write_CertificateNearExpiry_IsRenewed()
    {
        var issued = Issued(PkiHarness.Pki(_folder.Path, _clock));
        issued.Write(6444);
        _clock.Now += TimeSpan.FromDays(300);

        issued.Write(6444).ShouldBeTrue();

        var leaf = KubeconfigLoader.Load(_folder["kubeconfig"], "").User.Certificate!.Leaf;
        new DateTimeOffset(leaf.NotAfter.ToUniversalTime()).ShouldBeGreaterThan(_clock.Now.AddDays(360));
    }

    [Theory]
    [InlineData("port")]
    [InlineData("context")]
    [InlineData("namespace")]
    [InlineData("authority")]
    [InlineData("garbage")]
    [InlineData("gone")]
    [InlineData("stranger")]
    [InlineData("revoked")]
    [InlineData("unlisted")]
    public void Write_SomethingChanged_WritesAnew(string what)
    {
        Issued(PkiHarness.Pki(_folder.Path, _clock)).Write(6444);
        var (context, ns, port) = ("x1", "", 6444);
        switch (what)
        {
            case "port":
                port = 7444;
                break;
            case "context":
                context = "x2";
                break;
            case "namespace":
                ns = "prod";
                break;
            case "authority":
                Directory.Delete(_folder["pki"], recursive: true);
                break;
            case "revoked":
                PkiHarness.Pki(_folder.Path, _clock).Issued.Revoke(_ => true).Count.ShouldBe(1);
                break;
            case "unlisted":
                File.Delete(_folder["pki/issued.json"]);
                break;
            case "garbage":
                _folder.Write("kubeconfig", "clusters: [");
                break;
            case "gone":
                File.Delete(_folder["kubeconfig"]);
                break;
            default:
                File.Delete(_folder["pki/client-ca.pem"]);
                break;
        }

        Issued(PkiHarness.Pki(_folder.Path, _clock), context, ns).Write(port).ShouldBeTrue();

        KubeconfigLoader.Load(_folder["kubeconfig"], context).Cluster.Server.Port.ShouldBe(port);
        Issued(PkiHarness.Pki(_folder.Path, _clock), context, ns).Write(port).ShouldBeFalse();
    }

    [Fact]
    public void Write_FileIsAFolder_NamesIt()
    {
        Directory.CreateDirectory(_folder["kubeconfig"]);

        Should.Throw<GatewayPkiException>(() => Issued(PkiHarness.Pki(_folder.Path, _clock)).Write(6444)).Message.ShouldStartWith($"{_folder["kubeconfig"]}: cannot be written");
    }

    [Theory]
    [InlineData("", "local")]
    [InlineData("jane.doe", "jane.doe")]
    [InlineData("system:admin", "admin")]
    [InlineData("system:system:admin", "admin")]
    public void UserName_OfThisMachine_BecomesACallersName(string local, string name) => IssuedKubeconfig.UserName(local).ShouldBe(name);

    private OneContext Issued(GatewayPki pki, string context = "x1", string ns = "") => new(new IssuedKubeconfig(PkiHarness.Options(_folder.Path), pki, _clock, _log), context, ns);

    private sealed record OneContext(IssuedKubeconfig Kubeconfig, string Context, string Namespace)
    {
        public bool Write(int port) => Kubeconfig.Write([new(Context, $"https://127.0.0.1:{port}", Namespace)]);
    }
}
