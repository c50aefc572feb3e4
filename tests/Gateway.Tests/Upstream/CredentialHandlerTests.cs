using System.Net;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Upstream;

public sealed class CredentialHandlerTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Send_CertificateChanged_FormerConnectionsCloseButTheirStreamsRunOn()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        server.Answer = async context =>
        {
            await context.Response.WriteAsync("begin ");
            await context.Response.Body.FlushAsync();
            await (context.Request.Path == "/watch" ? release.Task : Task.CompletedTask);
            await context.Response.WriteAsync("end");
        };
        var cluster = KubeconfigLoader.Load(_folder.Write("config", KubeconfigText.One(server.Address, UpstreamHarness.CaData(_authority))), "").Cluster;
        var retired = new TaskCompletionSource();
        using var invoker = new HttpMessageInvoker(new CredentialHandler(new Source(), certificate => new Watched(UpstreamTransport.Create(cluster, certificate), retired), new ImpatientClock()));

        using var watch = await invoker.SendAsync(Request(server.Address + "/watch", "CN=one"), TestContext.Current.CancellationToken);
        using var other = await invoker.SendAsync(Request(server.Address + "/other", "CN=two"), TestContext.Current.CancellationToken);
        await retired.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        release.SetResult();

        (await watch.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("begin end");
        (await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("begin end");
        server.Calls.Select(call => call.Certificate).ShouldBe(["CN=one", "CN=two"]);
    }

    private HttpRequestMessage Request(string address, string subject)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version20 };
        request.Options.Set(CredentialHandler.Key, UpstreamCredential.Of(new ClientCertificate(_authority.Client(subject), []), ""));
        return request;
    }

    private sealed class Source : ICredentialSource
    {
        public bool CertificateRotates => true;

        public ValueTask<UpstreamCredential> GetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Reject(UpstreamCredential credential) => throw new NotSupportedException();
    }

    private sealed class Watched(HttpMessageHandler inner, TaskCompletionSource disposed) : DelegatingHandler(inner)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            disposed.TrySetResult();
        }
    }

    /// <summary>Every wait is over at once.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
