using System.Net;
using System.Security.Cryptography;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Proxy;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Capture;

public sealed class ConnectionFactsTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_OverHttp2_HasTheFactsOfBothSides()
    {
        gateway.Upstream.Script = context => context.Response.WriteAsync("{}");
        using var client = gateway.Client();
        await client.GetStringAsync("/api/v1/namespaces/first", Cancel);
        await client.GetStringAsync("/api/v1/namespaces/second", Cancel);
        var first = await gateway.Sink.SingleAsync(c => c.Name == "first", Cancel);
        var second = await gateway.Sink.SingleAsync(c => c.Name == "second", Cancel);

        first.Client.ShouldBe(new CallSide
        {
            Protocol = "2",
            TlsVersion = "1.3",
            Cipher = first.Client.Cipher,
            Alpn = "h2",
            Address = "127.0.0.1",
            Port = first.Client.Port,
            CertificateSubject = gateway.ClientCertificate.Subject,
            CertificateIssuer = gateway.ClientCertificate.Issuer,
            CertificateSha256 = gateway.ClientCertificate.GetCertHashString(HashAlgorithmName.SHA256),
            Trust = CallTrust.Verified,
        });
        first.Client.Cipher.ShouldStartWith("TLS_");
        first.Client.Port.ShouldBeGreaterThan(1023);
        (first.ClientRequest, second.ClientRequest).ShouldBe((1, 2));
        second.Client.ShouldBe(first.Client);

        first.Upstream.Protocol.ShouldBe("2");
        first.Upstream.Alpn.ShouldBe("h2");
        $"https://{CallSide.EndpointOf(first.Upstream.Address, first.Upstream.Port)}".ShouldBe(gateway.Upstream.Address);
        first.Upstream.CertificateSubject.ShouldBe("CN=scripted");
        first.Upstream.Trust.ShouldBe(CallTrust.Verified);
        second.Upstream.ShouldBe(first.Upstream);
        second.UpstreamRequest.ShouldBe(first.UpstreamRequest + 1);
        second.Timings.ConnectUs.ShouldBeNull();
        second.Timings.FirstByteUs.ShouldNotBeNull().ShouldBeInRange(1, second.LatencyUs);
        second.Timings.UpstreamUs.ShouldNotBeNull().ShouldBeInRange(1, second.LatencyUs);
    }

    [Fact]
    public async Task Call_WithoutCertificate_IsUnverifiedAndUsedNoUpstream()
    {
        using var client = gateway.Client(HttpVersion.Version11, withCertificate: false);
        using var response = await client.GetAsync($"https://localhost:{gateway.Address.Port}/api/v1/namespaces/nobody", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var call = await gateway.Sink.SingleAsync(c => c.Name == "nobody", Cancel);

        call.Client.Protocol.ShouldBe("1.1");
        call.Client.ServerName.ShouldBe("localhost");
        call.Client.Trust.ShouldBe(CallTrust.Unverified);
        call.Client.CertificateSha256.ShouldBe("");
        call.Upstream.ShouldBe(CallSide.None);
        call.UpstreamRequest.ShouldBe(0);
        call.Timings.ShouldBe(CallTimings.None);
    }

    [Fact]
    public async Task Upgrade_OverItsOwnConnection_KnowsThatItOpenedIt()
    {
        gateway.Upstream.Script = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        using var client = gateway.Client(HttpVersion.Version11);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces/upgrade/pods/p/exec") { Version = HttpVersion.Version11 };
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        using var response = await client.SendAsync(request, Cancel);
        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "upgrade", Cancel);

        call.Upstream.Protocol.ShouldBe("1.1");
        call.UpstreamRequest.ShouldBe(1);
        call.Timings.ConnectUs.ShouldNotBeNull();
        call.Timings.TlsUs.ShouldNotBeNull();
        (call.Timings.ConnectUs + call.Timings.TlsUs + call.Timings.UpstreamUs).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(call.LatencyUs);
    }

    [Fact]
    public async Task Client_ThatLeaves_HasTheTimeItWaitedForTheUpstream()
    {
        var arrived = new TaskCompletionSource();
        gateway.Upstream.Script = async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using var client = gateway.Client();
        using var leaving = new CancellationTokenSource();
        var get = client.GetAsync("/api/v1/namespaces/left", leaving.Token);
        await arrived.Task.WaitAsync(Cancel);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => get);
        var call = await gateway.Sink.SingleAsync(c => c.Name == "left", Cancel);

        call.Outcome.ShouldBe(CallOutcome.ClientLeft);
        call.Timings.FirstByteUs.ShouldBeNull();
        call.Timings.UpstreamUs.ShouldNotBeNull().ShouldBeInRange(1, call.LatencyUs);
    }
}
