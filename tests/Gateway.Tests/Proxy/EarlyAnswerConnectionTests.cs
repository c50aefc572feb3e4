using System.Globalization;
using KubeLens.Contracts.Calls;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>After an answer that came before its request was read, the HTTP/1.1 connection serves the next request, or says that it will not.</summary>
public sealed class EarlyAnswerConnectionTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private const string Body = "nobody reads this";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slower", true)]
    [InlineData("slower", false)]
    [InlineData("together", true)]
    [InlineData("together", false)]
    public async Task Connection_AfterManyAnswersBeforeTheBody_StaysOpen(string body, bool hasLength)
    {
        const int Rounds = 50;
        var answered = AnswerEarly();
        var name = $"{body}-{hasLength}".ToLowerInvariant();
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        for (var round = 0; round < Rounds; round++)
        {
            var (head, rest) = Request(name, hasLength);
            await connection.WriteAsync(body == "together" ? head + rest : head, Cancel);
            if (body == "slower")
            {
                (await answered.WaitAsync(TimeSpan.FromSeconds(10), Cancel)).ShouldBeTrue($"round {round}");
                await Task.Delay(round % 8, Cancel);
                await connection.WriteAsync(rest, Cancel);
            }

            var answer = await AnswerAsync(connection);
            answer.ShouldStartWith("HTTP/1.1 415", customMessage: $"round {round}");
            answer.ShouldNotContain("Connection:");
        }

        await Eventually.Async(() => gateway.Sink.Matching(call => call.Namespace == name).Count >= Rounds, Cancel, what: "the records");
        var calls = gateway.Sink.Matching(call => call.Namespace == name);
        calls.Count.ShouldBe(Rounds);
        calls.ShouldAllBe(call => call.Status == 415 && call.Outcome == CallOutcome.Completed && call.RequestBytes == Body.Length);
    }

    [Theory]
    [InlineData("silent", "Content-Length: 10", "")]
    [InlineData("half", "Content-Length: 10", "half")]
    [InlineData("halfachunk", "Transfer-Encoding: chunked", "a\r\nhalf")]
    [InlineData("large", "Content-Length: 1000000", "a beginning")]
    [InlineData("asks", "Content-Length: 10\r\nExpect: 100-continue", "")]
    public async Task Connection_WhoseBodyDoesNotCome_IsAnsweredAndSaidToEnd(string name, string header, string body)
    {
        AnswerEarly();
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        await connection.WriteAsync($"POST /api/v1/namespaces/{name}/things HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n{body}", Cancel);
        var answer = await AnswerAsync(connection);

        answer.ShouldStartWith("HTTP/1.1 415");
        answer.ShouldContain("Connection: close");
        var call = await gateway.Sink.SingleAsync(call => call.Namespace == name, Cancel);
        (call.Status, call.Outcome).ShouldBe((415, CallOutcome.Completed));
    }

    /// <summary>The server skips what still comes for five seconds, so that its answer is not lost to a reset.</summary>
    [Fact]
    public async Task Connection_SaidToEnd_TakesTheRestAndEnds()
    {
        AnswerEarly();
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        await connection.WriteAsync("POST /api/v1/namespaces/rest/things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n", Cancel);
        await connection.WriteAsync(new string('x', 500_000), Cancel);

        // The other half comes after the answer: had all come before, the connection might well stay.
        (await AnswerAsync(connection)).ShouldContain("Connection: close");
        await connection.WriteAsync(new string('x', 500_000), Cancel);
        (await AnswerAsync(connection)).ShouldBeEmpty();
    }

    private static Task<string> AnswerAsync(RawConnection connection) => connection.ReadAnswerAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(15), Cancel);

    private static (string Head, string Body) Request(string name, bool hasLength) => hasLength
        ? ($"POST /api/v1/namespaces/{name}/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: {Body.Length}\r\n\r\n", Body)
        : ($"POST /api/v1/namespaces/{name}/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n", string.Create(CultureInfo.InvariantCulture, $"{Body.Length:x}\r\n{Body}\r\n0\r\n\r\n"));

    private SemaphoreSlim AnswerEarly()
    {
        var answered = new SemaphoreSlim(0);
        gateway.Upstream.Script = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            context.Response.ContentLength = 5;
            await context.Response.WriteAsync("never");
            await context.Response.CompleteAsync();
            answered.Release();
        };
        return answered;
    }
}
