using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeLens.Gateway.Connect;
using KubeLens.Gateway.Identity;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.ForwardProxy;

/// <summary>The proxy before one cluster. Not beside others that come through a proxy in this process: what is counted is counted for all.</summary>
[Collection(nameof(ProxiedGateway))]
public sealed class ForwardProxyTests(ProxiedGateway gateway) : IClassFixture<ProxiedGateway>, IDisposable
{
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private MeterListener? _listener;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _listener?.Dispose();

    [Theory]
    [InlineData("2.0")]
    [InlineData("1.1")]
    public async Task Call_ToTheCluster_IsAnsweredCapturedAndForwarded(string version)
    {
        gateway.Upstream.Script = context => context.Response.WriteAsync($"{context.Request.Host} {context.Request.Headers.Authorization}");
        using var client = gateway.ProxyClient(Version.Parse(version));
        var name = $"through-{version}";

        (await client.GetStringAsync($"/api/v1/namespaces/default/pods/{name}", Cancel)).ShouldBe($"{gateway.Target.Authority} Bearer {Proxy.GatewayUnderTest.UpstreamToken}");

        var call = await gateway.Sink.SingleAsync(c => c.Name == name, Cancel);
        (call.Verb, call.Status, call.Caller).ShouldBe(("get", 200, IssuedKubeconfig.UserName(Environment.UserName)));
    }

    [Fact]
    public async Task Call_WithoutACredential_Is401AsEver()
    {
        await using var tls = await TunnelAsync();
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET /api HTTP/1.1\r\nHost: {gateway.Target.Authority}\r\n\r\n"), Cancel);

        (await LineAsync(tls)).ShouldStartWith("HTTP/1.1 401");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:1")]
    [InlineData("other.example")]
    public async Task Call_ForAnotherHostThanAskedFor_IsMisdirected(string host)
    {
        await using var tls = await TunnelAsync();
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET /api HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), Cancel);

        var answer = await new StreamReader(tls).ReadToEndAsync(Cancel);
        answer.ShouldStartWith("HTTP/1.1 421");
        answer.ShouldContain($"this connection was opened for 127.0.0.1:{gateway.Target.Port}");
    }

    [Fact]
    public async Task Handshake_ShowsACertificateForExactlyTheHost()
    {
        await using var tls = await TunnelAsync();
        using var leaf = X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.Export(X509ContentType.Cert));

        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        names.EnumerateDnsNames().ShouldBeEmpty();
        names.EnumerateIPAddresses().ShouldBe([IPAddress.Loopback]);
        leaf.Issuer.ShouldBe(gateway.ProxyAuthority.Subject);
        leaf.Issuer.ShouldNotBe(gateway.Authority.Subject, "trusting the gateway is not trusting it with clusters");
    }

    [Theory]
    [InlineData("example.org:443", "example.org:443")]
    [InlineData("169.254.169.254:80", "169.254.169.254:80")]
    [InlineData("127.0.0.1:22", "127.0.0.1:22")]
    [InlineData("[::1]:22", "[::1]:22")]
    public async Task Connect_ToAnythingElse_Is403ThatSaysWhyAlsoToKubectl(string target, string shown)
    {
        var answer = await CountedAsync("target", () => gateway.AnswerAsync($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n", Cancel));

        answer.ShouldStartWith($"HTTP/1.1 403 KubeLens: {shown} is not the address of a configured cluster");
        answer.ShouldEndWith($"\r\n\r\n{shown} is not the address of a configured cluster, and this proxy goes nowhere else\n");
        _counts.ShouldNotContainKey("proxy/accepted");
        await Eventually.Async(() => _counts.ContainsKey("connections/proxy_refused"), Cancel, what: "a connection without a call, counted as refused");
    }

    [Fact]
    public async Task Connect_ToTheGatewayItself_Is403() =>
        (await gateway.AnswerAsync($"CONNECT 127.0.0.1:{gateway.Address.Port} HTTP/1.1\r\n\r\n", Cancel)).ShouldStartWith("HTTP/1.1 403 ");

    [Theory]
    [InlineData("GET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "405 KubeLens: GET is not done here", "method")]
    [InlineData("POST http://127.0.0.1/ HTTP/1.1\r\nContent-Length: 100000\r\n\r\nbody", "405 KubeLens: POST is not done here", "method")]
    [InlineData("hello\r\n\r\n", "400 KubeLens: this is a forward proxy", "malformed")]
    [InlineData("get http://x/ HTTP/1.1\r\n\r\n", "400 KubeLens: this is a forward proxy", "malformed")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", "400 KubeLens: this is a forward proxy", "malformed")]
    [InlineData("CONNECT a\u0001b:443 HTTP/1.1\r\n\r\n", "400 KubeLens: this is a forward proxy", "malformed")]
    public async Task Request_ThatIsNoConnect_IsRefusedAndCounted(string text, string status, string outcome)
    {
        (await CountedAsync(outcome, () => gateway.AnswerAsync(text, Cancel))).ShouldStartWith($"HTTP/1.1 {status}");
        await IsHealthyAsync();
    }

    [Fact]
    public async Task Request_HalfClosedRightBehindIt_IsAnsweredAllTheSame()
    {
        for (var i = 0; i < 200; i++)
        {
            (await gateway.AnswerAsync("CONNECT a:443 HTTP/1.1\r\n\r\n", Cancel, halfClose: true)).ShouldStartWith("HTTP/1.1 403 ", customMessage: $"connection {i}");
        }
    }

    [Fact]
    public async Task Request_Endless_Is431() =>
        (await CountedAsync("malformed", () => gateway.AnswerAsync($"CONNECT a:443 HTTP/1.1\r\nX: {new string('x', 20_000)}", Cancel))).ShouldStartWith("HTTP/1.1 431 ");

    [Fact]
    public async Task Clients_ThatLeaveOrSayNothing_DoNotKeepOthersWaiting()
    {
        var idle = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => gateway.ConnectAsync(Cancel)));
        foreach (var socket in idle[..100])
        {
            await socket.SendAsync("CONNECT 127.0"u8.ToArray(), Cancel);
        }

        await IsHealthyAsync();
        Listen();
        foreach (var socket in idle)
        {
            socket.Dispose();
        }

        await Eventually.Async(() => _counts.GetValueOrDefault("proxy/closed") >= 200, Cancel, what: "200 connections counted as closed");
        _counts["connections/closed"].ShouldBeGreaterThanOrEqualTo(200);
        await IsHealthyAsync();
    }

    [Fact]
    public async Task Connect_HandshakeThatIsNone_IsCountedAndHarmless()
    {
        Listen();
        using (var socket = await gateway.ConnectAsync(Cancel))
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"CONNECT {gateway.Target.Authority} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n"), Cancel);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(new byte[512], Cancel) > 0)
            {
                // 200, then the end
            }
        }

        await Eventually.Async(() => _counts.GetValueOrDefault("connections/tls_handshake") >= 1, Cancel, what: "the failed handshake");
        await IsHealthyAsync();
    }

    [Fact]
    public async Task Authority_StolenKey_CannotPoseAsOthers()
    {
        var pem = await File.ReadAllTextAsync(gateway.Home["pki/proxy-ca.pem"], Cancel);
        using var stolen = X509Certificate2.CreateFromPem(pem, pem);
        using var key = CertificateMaker.NewKey();
        foreach (var (name, verifies) in new[] { ("example.org", false), ("10.0.0.1", false), ("kubernetes", false), ("127.0.0.1", true) })
        {
            using var leaf = CertificateMaker.Server(stolen, key, [name], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
            using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { stolen }, RevocationMode = X509RevocationMode.NoCheck } };
            chain.Build(leaf).ShouldBe(verifies, name);
        }
    }

    private async Task<SslStream> TunnelAsync()
    {
        var socket = await gateway.ConnectAsync(Cancel);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"CONNECT {gateway.Target.Authority} HTTP/1.1\r\n\r\n"), Cancel);
        var buffer = new byte[512];
        Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Cancel)).ShouldBe("HTTP/1.1 200 Connection established\r\n\r\n");
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { gateway.ProxyAuthority }, RevocationMode = X509RevocationMode.NoCheck };
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = policy, ApplicationProtocols = [SslApplicationProtocol.Http11] }, Cancel);
        return tls;
    }

    private static async Task<string> LineAsync(Stream stream)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, Cancel)).Split('\r')[0];
    }

    private async Task<string> CountedAsync(string outcome, Func<Task<string>> act)
    {
        Listen();
        var answer = await act();
        _counts.GetValueOrDefault($"proxy/{outcome}").ShouldBe(1, answer);
        return answer;
    }

    private async Task IsHealthyAsync()
    {
        gateway.Upstream.Script = context => context.Response.WriteAsync("well");
        using var client = gateway.ProxyClient();
        (await client.GetStringAsync("/api", Cancel)).ShouldBe("well");
    }

    private void Listen()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "kubelens.forward_proxy.connections" or "kubelens.capture.connections.requestless")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counts.AddOrUpdate($"{(instrument.Name.Contains("proxy", StringComparison.Ordinal) ? "proxy" : "connections")}/{tags[0].Value}", value, (_, sum) => sum + value));
        _listener.Start();
    }
}
