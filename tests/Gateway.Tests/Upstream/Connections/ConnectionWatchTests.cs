using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Upstream;
using KubeLens.Gateway.Upstream.Connections;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Upstream.Connections;

public sealed class ConnectionWatchTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.Create();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Calls_OverManyConnections_EachKnowTheirs()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        var (arrived, release) = (0, new TaskCompletionSource());
        server.Answer = async context =>
        {
            if (context.Request.Path == "/wait")
            {
                Interlocked.Increment(ref arrived);
                await release.Task;
            }

            await context.Response.WriteAsync(context.Connection.Id);
        };
        using var invoker = Invoker(server.Address, UpstreamHarness.CaData(_authority));
        await SendAsync(invoker, server.Address, HttpVersion.Version20); // the first of a process is told nothing
        var seen = new ConcurrentBag<(string Real, UpstreamConnection? Told)>();

        // More than one connection's streams, and as many of HTTP/1.1 beside them.
        var waiting = Enumerable.Range(0, 240).Select(async i =>
        {
            var (use, body) = await SendAsync(invoker, server.Address + "/wait", i < 220 ? HttpVersion.Version20 : HttpVersion.Version11);
            seen.Add((body, use.Connection));
        }).ToList();
        await Eventually.Async(() => Volatile.Read(ref arrived) == waiting.Count, Cancel, what: "all calls under way at once");
        release.SetResult();
        await Task.WhenAll(waiting);

        var pairs = seen.Distinct().ToList();
        pairs.ShouldAllBe(pair => pair.Told != null);
        pairs.Select(pair => pair.Real).ShouldBeUnique();
        pairs.Select(pair => pair.Told).ShouldBeUnique();
        pairs.Count.ShouldBeGreaterThan(21);
    }

    [Fact]
    public async Task Call_ThatOpensItsConnection_KnowsHowLongThatTook()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        using var invoker = Invoker(server.Address, UpstreamHarness.CaData(_authority));
        var (first, _) = await SendAsync(invoker, server.Address, HttpVersion.Version20);
        var (second, _) = await SendAsync(invoker, server.Address, HttpVersion.Version20);

        first.Opened.ShouldBeTrue();
        first.Request.ShouldBe(1);
        first.Connection!.ConnectUs.ShouldNotBeNull().ShouldBeGreaterThan(0);
        first.Connection.TlsUs.ShouldNotBeNull().ShouldBeGreaterThan(0);
        first.UntilAnswered(0).ShouldNotBeNull();
        second.Opened.ShouldBeFalse();
        second.Request.ShouldBe(2);
        second.Connection.ShouldBeSameAs(first.Connection);
    }

    [Fact]
    public async Task Connection_WithTls_IsDescribed()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1", "kube.test"));
        using var invoker = Invoker(server.Address, UpstreamHarness.CaData(_authority) + ", tls-server-name: kube.test");
        var side = SideOf((await SendAsync(invoker, server.Address, HttpVersion.Version20)).Use);

        side.Protocol.ShouldBe("2");
        side.TlsVersion.ShouldBe("1.3");
        side.Cipher.ShouldStartWith("TLS_");
        side.Alpn.ShouldBe("h2");
        side.ServerName.ShouldBe("kube.test");
        side.Address.ShouldBe("127.0.0.1");
        side.Port.ShouldBe(server.Port);
        side.CertificateSubject.ShouldStartWith("CN=");
        side.CertificateIssuer.ShouldNotBeEmpty();
        side.CertificateSha256.ShouldMatch("^[0-9A-F]{64}$");
        side.Trust.ShouldBe(CallTrust.Verified);
    }

    [Fact]
    public async Task Connection_ThatIsNotVerified_SaysSo()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("another.name"));
        using var invoker = Invoker(server.Address, "insecure-skip-tls-verify: true");
        var side = SideOf((await SendAsync(invoker, server.Address, HttpVersion.Version11)).Use);

        side.Trust.ShouldBe(CallTrust.Unverified);
        side.Protocol.ShouldBe("1.1");
        side.ServerName.ShouldBe("");
        side.CertificateSha256.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Connection_WithoutTls_IsPlaintext()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var server = builder.Build();
        server.Run(context => context.Response.WriteAsync("plain"));
        await server.StartAsync(Cancel);
        var address = server.Urls.Single();
        using var invoker = Invoker(address, "");
        var (use, body) = await SendAsync(invoker, address, HttpVersion.Version11);
        var side = SideOf(use);

        body.ShouldBe("plain");
        side.ShouldBe(new CallSide { Protocol = "1.1", Address = "127.0.0.1", Port = new Uri(address).Port, Trust = CallTrust.Plaintext });
        use.Connection!.TlsUs.ShouldBeNull();
        use.Connection.ConnectUs.ShouldNotBeNull();
    }

    [Fact]
    public async Task Connection_ThroughAProxy_IsDescribedWithoutAddress()
    {
        await using var server = await TestApiServer.StartAsync(_authority.Server("127.0.0.1"));
        await using var proxy = TestConnectProxy.Start();
        using var invoker = Invoker(server.Address, $"{UpstreamHarness.CaData(_authority)}, proxy-url: \"http://me:secret@127.0.0.1:{proxy.Port}\"");
        var (use, _) = await SendAsync(invoker, server.Address, HttpVersion.Version20);
        var side = SideOf(use);

        side.Protocol.ShouldBe("2");
        side.Trust.ShouldBe(CallTrust.Verified);
        side.Address.ShouldBe("");
        side.Port.ShouldBe(0);
        use.Connection!.ConnectUs.ShouldBeNull();
    }

    [Fact]
    public async Task Upstream_ThatCannotBeReached_LeavesNoConnection()
    {
        var address = $"https://127.0.0.1:{Ports.Free()}";
        using var invoker = Invoker(address, "insecure-skip-tls-verify: true");
        var use = new UpstreamUse(TimeProvider.System);
        using var request = Request(address, HttpVersion.Version20, use);

        var failure = await Should.ThrowAsync<HttpRequestException>(() => invoker.SendAsync(request, Cancel));

        failure.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
        use.Connection.ShouldBeNull();
        use.UntilAnswered(0).ShouldBeNull();
        use.SentUntil(use.Now, waited: false).ShouldBeNull();
        use.SentUntil(use.Now, waited: true).ShouldNotBeNull();
    }

    private HttpMessageInvoker Invoker(string server, string cluster) =>
        new(UpstreamTransport.Create(KubeconfigLoader.Load(_folder.Write("config", KubeconfigText.One(server, cluster)), "").Cluster, certificate: null));

    private static async Task<(UpstreamUse Use, string Body)> SendAsync(HttpMessageInvoker invoker, string address, Version version)
    {
        var use = new UpstreamUse(TimeProvider.System);
        using var request = Request(address, version, use);
        using var response = await invoker.SendAsync(request, Cancel);
        return (use, await response.Content.ReadAsStringAsync(Cancel));
    }

    private static HttpRequestMessage Request(string address, Version version, UpstreamUse use)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Options.Set(UpstreamUse.Key, use);
        return request;
    }

    private static CallSide SideOf(UpstreamUse use)
    {
        var record = new ArrayBufferWriter<byte>();
        CallLogWriter.WriteCall(new CallRecord { Time = TimeProvider.System.GetUtcNow() }, record);
        record.Write(use.Connection.ShouldNotBeNull().Written.Span);
        CallLogReader.TryRead(OtlpLog.One(record.WrittenMemory), out var call, out var error).ShouldBeTrue(error);
        return call!.Upstream;
    }
}
