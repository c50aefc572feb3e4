using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Tests.Kubeconfig;

public sealed class InClusterTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create();
    private readonly Dictionary<string, string> _environment = new() { [InCluster.HostVariable] = "10.96.0.1", [InCluster.PortVariable] = "443" };
    private readonly EndpointOptions _endpoint = new() { Port = 6444 };

    public InClusterTests()
    {
        _folder.Write("token", "a.b.c");
        _folder.Write("ca.crt", _authority.Pem);
        _folder.Write("namespace", "kubelens\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_AsAKubeletLeavesIt_IsAContext()
    {
        var context = Load();

        context.Namespace.ShouldBe("kubelens");
        context.Cluster.Name.ShouldBe("in-cluster");
        context.Cluster.Server.ShouldBe(new Uri("https://10.96.0.1:443"));
        context.Cluster.Authorities!.ShouldHaveSingleItem().Subject.ShouldBe("CN=test-ca");
        context.Cluster.SkipTlsVerify.ShouldBeFalse();
        context.User.TokenFile.ShouldBe(_folder["token"]);
    }

    [Fact]
    public void Load_Named_HasThatNameInRecords() => Load(options => options.Name = "prod").Cluster.Name.ShouldBe("prod");

    [Theory]
    [InlineData("fd00::1", "https://[fd00::1]/")]
    [InlineData("FD00:0:0::1", "https://[fd00::1]/")]
    [InlineData("kubernetes.default.svc", "https://kubernetes.default.svc/")]
    public void Load_OtherHost_IsAnAddress(string host, string expected)
    {
        _environment[InCluster.HostVariable] = host;

        Load().Cluster.Server.AbsoluteUri.ShouldBe(expected);
    }

    [Fact]
    public void Load_NoNamespaceFile_StartsInNone()
    {
        File.Delete(_folder["namespace"]);

        Load().Namespace.ShouldBe("");
    }

    [Theory]
    [InlineData("token", null, "no such file")]
    [InlineData("token", "", "is empty")]
    [InlineData("ca.crt", null, "no such file")]
    [InlineData("ca.crt", "rubbish", "holds no certificate")]
    public void Load_FileMissingOrBad_NamesItAndTheFix(string file, string? content, string problem)
    {
        File.Delete(_folder[file]);
        if (content is not null)
        {
            _folder.Write(file, content);
        }

        var message = Should.Throw<KubeconfigException>(() => Load()).Message;

        message.ShouldStartWith(_folder[file]);
        message.ShouldContain(problem);
        if (content is null)
        {
            message.ShouldContain("automountServiceAccountToken");
            message.ShouldContain("Cluster:ServiceAccountFolder");
        }
    }

    [Theory]
    [InlineData(InCluster.HostVariable, "", "$KUBERNETES_SERVICE_HOST is not set")]
    [InlineData(InCluster.PortVariable, "", "$KUBERNETES_SERVICE_PORT is not set")]
    [InlineData(InCluster.PortVariable, "https", "must be a host and a port")]
    [InlineData(InCluster.PortVariable, "0", "must be a host and a port")]
    [InlineData(InCluster.HostVariable, "a/b", "must be a host and a port")]
    [InlineData(InCluster.HostVariable, "a@b", "must be a host and a port")]
    public void Load_EnvironmentBad_NamesTheVariable(string variable, string value, string problem)
    {
        _environment[variable] = value;

        Should.Throw<KubeconfigException>(() => Load()).Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.9")]
    [InlineData("FD00:0::9")]
    [InlineData("Kube.Example")]
    public void Load_EnvironmentPointsAtTheGateway_IsRefused(string host)
    {
        _endpoint.Names.Add("10.0.0.9");
        _endpoint.Names.Add("fd00::9");
        _endpoint.Names.Add("kube.example");
        (_environment[InCluster.HostVariable], _environment[InCluster.PortVariable]) = (host, "6444");

        Should.Throw<KubeconfigException>(() => Load()).Message.ShouldContain("which is the gateway itself");
    }

    private KubeconfigContext Load(Action<ClusterOptions>? more = null)
    {
        var options = new ClusterOptions { ServiceAccountFolder = _folder.Path };
        more?.Invoke(options);
        return new InCluster(options, _endpoint, _environment.GetValueOrDefault).Load();
    }
}
