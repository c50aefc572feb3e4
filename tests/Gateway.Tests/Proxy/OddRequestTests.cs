using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>Requests that HTTP/2 cannot carry, or that an HTTP/2 server resets where an HTTP/1.1 server answers.</summary>
public sealed class OddRequestTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET /api/v1/namespaces/%zz HTTP/1.1", "", "HTTP/1.1")]
    [InlineData("GET /api/v1/namespaces/a%2 HTTP/1.1", "", "HTTP/1.1")]
    [InlineData("GET /api/v1/namespaces/a%2F?x=%zz HTTP/1.1", "", "HTTP/2")]
    [InlineData("GET /version HTTP/1.1", "Expect: the-unexpected\r\n", "HTTP/1.1")]
    [InlineData("GET /version HTTP/1.1", "", "HTTP/2")]
    public async Task Request_ThatOnlyAnHttp1ServerAnswers_GoesOverHttp1(string line, string header, string protocol)
    {
        var seen = "";
        var expect = "";
        gateway.Upstream.Script = context =>
        {
            seen = $"{context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {context.Request.Protocol}";
            expect = context.Request.Headers.Expect.ToString();
            return Task.CompletedTask;
        };
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        (await connection.SendAsync($"{line}\r\nHost: localhost\r\n{header}\r\n", Cancel)).ShouldStartWith("HTTP/1.1 200");

        seen.ShouldBe(line.Replace("HTTP/1.1", protocol, StringComparison.Ordinal));
        expect.ShouldBe(header.Length > 0 ? "the-unexpected" : "");
    }

    [Fact]
    public async Task Options_OfTheServerAsAWhole_IsAnsweredAsGoDoes()
    {
        var forwarded = 0;
        gateway.Upstream.Script = _ =>
        {
            Interlocked.Increment(ref forwarded);
            return Task.CompletedTask;
        };
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        var answer = await connection.SendAsync("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", Cancel);

        answer.ShouldStartWith("HTTP/1.1 200 OK");
        answer.ShouldContain("Content-Length: 0");
        forwarded.ShouldBe(0);
        (await gateway.Sink.SingleAsync(c => c.Path == "*", Cancel)).Status.ShouldBe(StatusCodes.Status200OK);
    }
}
