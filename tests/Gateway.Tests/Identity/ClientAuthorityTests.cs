using System.Net;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Identity;

/// <summary><c>Identity:ClientCaFile</c>: certificates of the operator's own authority.</summary>
public sealed class ClientAuthorityTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create("CN=corporate");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_CertificateOfAConfiguredAuthority_IsItsSubject(bool intermediateOnly)
    {
        var issuer = intermediateOnly ? _authority.Intermediate("CN=corporate team") : _authority;
        await using var gateway = await StartAsync("front-proxy", issuer.Pem);
        using var client = gateway.Client(issuer.Client("O=dev, O=ops, CN=jane"));

        (await client.GetStringAsync("/api", TestContext.Current.CancellationToken)).ShouldBe("jane dev,ops False");
    }

    [Fact]
    public async Task Call_IssuedCertificateBesideIt_StillCounts()
    {
        await using var gateway = await StartAsync("front-proxy", _authority.Pem);
        using var client = gateway.Client(gateway.Issue("local"));

        (await client.GetStringAsync("/api", TestContext.Current.CancellationToken)).ShouldBe("local kubelens True");
    }

    [Fact]
    public async Task Call_CertificateOfAnother_Is401()
    {
        await using var gateway = await StartAsync("front-proxy", _authority.Pem);
        using var client = gateway.Client(TestAuthority.Create("CN=corporate").Client("CN=jane"));
        using var response = await client.GetAsync("/api", TestContext.Current.CancellationToken);

        (await response.ShouldBeStatusAsync(401, "Unauthorized")).ShouldContain("one of its configured client authorities");
    }

    /// <summary>Down to the key identifier as the authority would have made it, but signed by somebody else.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ForgedCertificate_Is401(bool intermediateOnly)
    {
        var issuer = intermediateOnly ? _authority.Intermediate("CN=corporate team") : _authority;
        await using var gateway = await StartAsync("front-proxy", issuer.Pem);
        using var client = gateway.Client(issuer.Forged("127.0.0.1"));
        using var response = await client.GetAsync("/api", TestContext.Current.CancellationToken);

        await response.ShouldBeStatusAsync(401, "Unauthorized");
    }

    [Theory]
    [InlineData("CN=\" admin\"")]
    [InlineData("O=dev")]
    public async Task Call_NameThatCannotBePassedOn_Is401(string subject)
    {
        await using var gateway = await StartAsync("front-proxy", _authority.Pem);
        using var client = gateway.Client(_authority.Client(subject));
        using var response = await client.GetAsync("/api", TestContext.Current.CancellationToken);

        await response.ShouldBeStatusAsync(401, "Unauthorized");
    }

    /// <summary>There it would be the kubeconfig's power for everybody the authority knows.</summary>
    [Fact]
    public async Task Call_InCredentialMode_Is401()
    {
        await using var gateway = await StartAsync("credential", _authority.Pem);
        using var client = gateway.Client(_authority.Client("CN=jane"));
        using var response = await client.GetAsync("/api", TestContext.Current.CancellationToken);

        (await response.ShouldBeStatusAsync(401, "Unauthorized")).ShouldContain("was not issued by this gateway");
    }

    /// <summary>A serving authority vouches for servers, and says nothing of callers.</summary>
    [Fact]
    public async Task Call_CertificateOfTheKubeconfigsAuthority_Is401()
    {
        var serving = TestAuthority.Create("CN=serving");
        await using var gateway = await StartAsync("front-proxy", _authority.Pem, kubeconfigAuthority: serving.Pem);
        using var client = gateway.Client(serving.Client("O=system:masters, CN=admin"));
        using var response = await client.GetAsync("/api", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "holds no certificate")]
    public async Task Start_BadFile_NamesItsKey(string? text, string words)
    {
        var file = text is null ? _folder["none"] : _folder.Write("ca", text);

        var message = (await Should.ThrowAsync<ConfigurationException>(() => StartAsync("front-proxy", text, file: file))).Message;
        message.ShouldContain($"Identity:ClientCaFile is {file}");
        message.ShouldContain(words);
    }

    private Task<TestGateway> StartAsync(string mode, string? authorities, string? file = null, string? kubeconfigAuthority = null)
    {
        var kubeconfig = _folder.Write("upstream", Kubeconfig.KubeconfigText.One(cluster: kubeconfigAuthority is null ? "" : $"certificate-authority-data: {Kubeconfig.KubeconfigText.Base64(kubeconfigAuthority)}"));
        var pair = _authority.Client("CN=front-proxy-client");
        return TestGateway.StartAsync(
            _folder.Path,
            TimeProvider.System,
            null,
            context => context.Response.WriteAsync(context.Features.Get<ICallerFeature>() is Caller caller ? $"{caller.Name} {string.Join(',', caller.Groups.Order())} {caller.IsIssued}" : ""),
            ("Cluster:Kubeconfig", kubeconfig),
            ("Cluster:Identity", mode),
            ("Identity:FrontProxy:CertificateFile", _folder.Write("fp.crt", pair.ExportCertificatePem())),
            ("Identity:FrontProxy:KeyFile", _folder.Write("fp.key", TestAuthority.KeyPem(pair))),
            ("Identity:ClientCaFile", file ?? _folder.Write("ca", authorities!)));
    }
}
