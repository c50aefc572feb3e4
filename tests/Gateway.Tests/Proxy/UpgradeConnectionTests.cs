using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>
/// An apiserver hands the connection of an upgrade over, and closes it when there was none. It need not say so: a client that
/// dials for each upgrade, as kubectl does, never notices. A scripted upstream breaks off whatever comes second on a connection.
/// </summary>
public sealed class UpgradeConnectionTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upgrade_AfterOneThatWasRefused_GoesOverAConnectionOfItsOwn()
    {
        var seen = new ConcurrentDictionary<string, bool>();
        gateway.Upstream.Script = context =>
        {
            if (!seen.TryAdd(context.Connection.Id, true))
            {
                context.Abort();
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync("no", context.RequestAborted);
        };

        (await UpgradeAsync("GET", "websocket")).ShouldStartWith("HTTP/1.1 403 ");
        (await UpgradeAsync("POST", "SPDY/3.1")).ShouldStartWith("HTTP/1.1 403 "); // what kubectl tries next
        seen.Count.ShouldBe(2);
    }

    private async Task<string> UpgradeAsync(string method, string protocol)
    {
        await using var raw = await RawConnection.OpenAsync(gateway, Cancel);
        return await raw.SendAsync($"{method} /api/v1/namespaces/default/pods/p/portforward HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\nContent-Length: 0\r\n\r\n", Cancel);
    }
}
