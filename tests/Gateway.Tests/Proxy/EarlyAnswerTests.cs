using System.Net;
using KubeLens.Contracts.Calls;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>An upstream that answers before it has read the request: an apiserver's 413 does.</summary>
public sealed class EarlyAnswerTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_BeforeTheBodyWasRead_ReachesTheClient()
    {
        gateway.Upstream.Script = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            await context.Response.WriteAsync("too large");
            await context.Response.CompleteAsync();
        };
        using var client = gateway.Client();
        for (var i = 0; i < 20; i++)
        {
            using var response = await client.PostAsync("/api/v1/namespaces/early/things", new ByteArrayContent(new byte[3_000_000]), Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("too large");
        }

        gateway.Sink.Matching(c => c.Namespace == "early").ShouldAllBe(c => c.Status == 413 && c.Outcome == CallOutcome.Completed);
    }

    [Fact]
    public async Task Answer_BeforeTheBodyWasSent_ReachesAnHttp1ClientThatReads()
    {
        gateway.Upstream.Script = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            await context.Response.WriteAsync("too large");
        };
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        (await connection.SendAsync($"POST /api/v1/namespaces/early1/things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n{new string('x', 100_000)}", Cancel)).ShouldStartWith("HTTP/1.1 413");
        (await gateway.Sink.SingleAsync(c => c.Namespace == "early1", Cancel)).Status.ShouldBe(413);
    }

    // A Go server resets a request whose body reaches it after its answer, and with that the HTTP client has lost the answer's body.
    [Fact]
    public async Task Refusal_ThatBreaksOffBeforeItsFirstByte_IsStillThatRefusal()
    {
        gateway.Upstream.Script = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentLength = 300;
            await context.Response.StartAsync();
            await Task.Delay(500); // the head is there by then; an abort would overtake it
            context.Abort();
        };
        using var client = gateway.Client();
        using var response = await client.PostAsync("/api/v1/namespaces/early2/things", new ByteArrayContent(new byte[40]), Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        body.ShouldContain("\"reason\":\"Forbidden\"");
        body.ShouldContain("broke off");
        var record = await gateway.Sink.SingleAsync(c => c.Namespace == "early2", Cancel);
        (record.Status, record.Outcome).ShouldBe((403, CallOutcome.UpstreamFailed));
    }
}
