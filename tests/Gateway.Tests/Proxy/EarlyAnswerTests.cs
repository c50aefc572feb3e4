using System.Net;
using KubeLens.Contracts.Calls;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>An upstream that answers before it has read the request: an apiserver's 413 does.</summary>
public sealed class EarlyAnswerTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Answer_BeforeTheBodyWasRead_ReachesTheClient(string version)
    {
        gateway.Upstream.Script = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            await context.Response.WriteAsync("too large");
            await context.Response.CompleteAsync();
        };
        using var client = gateway.Client(Version.Parse(version));
        for (var i = 0; i < 20; i++)
        {
            using var response = await client.PostAsync($"/api/v1/namespaces/early-{version}/things", new ByteArrayContent(new byte[4_000_000]), Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("too large");
        }

        gateway.Sink.Matching(c => c.Namespace == $"early-{version}").ShouldAllBe(c => c.Status == 413 && c.Outcome == CallOutcome.Completed);
    }
}
