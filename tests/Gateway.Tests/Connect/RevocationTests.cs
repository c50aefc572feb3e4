using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Connect.Commands;
using KubeLens.Gateway.Tests.Identity.Modes;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Connect;

/// <summary>A running gateway and a certificate that an admin takes back.</summary>
public sealed class RevocationTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revoke_RunningGateway_RefusesOnTheOpenConnectionEndsTheWatchAndLeavesOthers()
    {
        gateway.Upstream.Script = async context =>
        {
            await context.Response.Body.FlushAsync();
            if (context.Request.QueryString.HasValue)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
        };
        using var client = await IssuedAsync("alice");
        using var other = await IssuedAsync("bob");
        (await client.GetAsync("/version", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var watch = await client.GetAsync("/api/v1/namespaces/cut/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var othersWatch = await other.GetAsync("/api/v1/namespaces/stays/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);
        var (stream, othersStream) = (await watch.Content.ReadAsStreamAsync(Cancel), await othersWatch.Content.ReadAsStreamAsync(Cancel));
        var (read, othersRead) = (stream.ReadAsync(new byte[1], Cancel).AsTask(), othersStream.ReadAsync(new byte[1], Cancel).AsTask());

        (await GatewayCommand.RunProgramAsync(gateway.Home.Path, "revoke", "--user", "alice")).Require();

        // One connection: HTTP/2, and the handler keeps it.
        await Eventually.Async(IsRefusedAsync, Cancel, TimeSpan.FromSeconds(5), "the revocation");
        using var refused = await client.GetAsync("/api/v1/namespaces/revoked", Cancel);
        (await refused.ShouldBeStatusAsync(401, "Unauthorized")).ShouldContain("has been revoked");
        await Should.ThrowAsync<Exception>(() => read.WaitAsync(TimeSpan.FromSeconds(10), Cancel));
        othersRead.IsCompleted.ShouldBeFalse();
        (await other.GetAsync("/version", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var anew = Client(_certificates["alice"]);
        (await (await anew.GetAsync("/version", Cancel)).ShouldBeStatusAsync(401, "Unauthorized")).ShouldContain("has been revoked");
        (await gateway.Sink.SingleAsync(c => c.Name == "revoked", Cancel)).Caller.ShouldBe("alice");
        await gateway.Sink.SingleAsync(c => c.Namespace == "cut", Cancel);

        async Task<bool> IsRefusedAsync()
        {
            try
            {
                return (await client.GetAsync("/version", Cancel)).StatusCode == HttpStatusCode.Unauthorized;
            }
            catch (HttpRequestException)
            {
                // What runs in the moment of the revocation ends with the watch.
                return false;
            }
        }
    }

    private readonly Dictionary<string, X509Certificate2> _certificates = [];

    private async Task<HttpClient> IssuedAsync(string user)
    {
        var file = gateway.Home[user];
        (await GatewayCommand.RunAsync(gateway.Home.Path, "kubeconfig", "--user", user, "--out", file)).Require();
        var context = KubeconfigLoader.Load(file, "");
        context.Cluster.Server.Port.ShouldBe(gateway.Address.Port);
        return Client(_certificates[user] = context.User.Certificate!.Leaf);
    }

    private HttpClient Client(X509Certificate2 certificate)
    {
        var handler = gateway.Handler(withCertificate: false);
        handler.SslOptions.ClientCertificates = [certificate];
        return new HttpClient(handler) { BaseAddress = gateway.Address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }
}
