using System.Globalization;
using System.Text;

namespace KubeLens.EndToEnd.Tests.Transparency.Operations;

/// <summary>HTTP/1.1 by hand: what no client library lets one write.</summary>
internal static class WireOperations
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IReadOnlyList<Operation> All { get; } =
    [
        Send("http-1.0", "GET /version HTTP/1.0\r\n{0}\r\n\r\n"),
        Send("invalid-escape", "GET /api/v1/namespaces/%zz HTTP/1.1\r\n{0}\r\nConnection: close\r\n\r\n"),
        Send("space-in-target", "GET /api/v1/namespaces/a b HTTP/1.1\r\n{0}\r\nConnection: close\r\n\r\n"),
        Send("absolute-form", "GET https://{1}/api/v1/namespaces/kube-public HTTP/1.1\r\n{0}\r\nConnection: close\r\n\r\n"),
        Send("options-asterisk", "OPTIONS * HTTP/1.1\r\n{0}\r\nConnection: close\r\n\r\n"),
        Send("fragment", "GET /version#part HTTP/1.1\r\n{0}\r\nConnection: close\r\n\r\n"),
        Send("connection-drops-accept", "GET /api/v1/namespaces/kube-public HTTP/1.1\r\n{0}\r\nAccept: application/yaml\r\nConnection: close, Accept\r\n\r\n"),
        Send("connection-odd", "GET /version HTTP/1.1\r\n{0}\r\nConnection: close, , Keep-Alive,  x-nothing\r\nKeep-Alive: timeout=5\r\n\r\n"),
        Send("connection-upgrade-h2c", "GET /version HTTP/1.1\r\n{0}\r\nConnection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"),
        Send("upgrade-on-plain-resource", "GET /version HTTP/1.1\r\n{0}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
        Send("watch-as-websocket", "GET /api/v1/namespaces/{2}/configmaps?watch=1&timeoutSeconds=1&resourceVersion={3} HTTP/1.1\r\n{0}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
        Send("chunks-and-trailer", "POST /api/v1/namespaces/{4}/configmaps?dryRun=All HTTP/1.1\r\n{0}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n1b\r\n{{\"metadata\":{{\"name\":\"wire\"}}\r\n1\r\n}}\r\n0\r\nX-Sum: 42\r\n\r\n"),
        Send("two-requests-in-one-write", "GET /version HTTP/1.1\r\n{0}\r\n\r\nGET /api HTTP/1.1\r\n{0}\r\nConnection: close\r\n\r\n"),
        Send("expect-nonsense", "GET /version HTTP/1.1\r\n{0}\r\nExpect: the-unexpected\r\nConnection: close\r\n\r\n"),
        Send("utf8-header", "GET /version HTTP/1.1\r\n{0}\r\nX-Text: größe\r\nConnection: close\r\n\r\n"),
    ];

    private static Operation Send(string name, string text) => new($"wire-{name}", async side =>
    {
        var head = $"Host: {side.Api.Address.Authority}\r\nUser-Agent: {side.Agent}/wire{(side.Api.Token is { } token ? $"\r\nAuthorization: Bearer {token}" : "")}";
        await using var stream = await side.Api.OpenAsync(Cancel);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, text, head, side.Api.Address.Authority, side.Scene.Shared, side.Scene.SharedVersion, side.Namespace)), Cancel);
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, Cancel).WaitAsync(TimeSpan.FromSeconds(4), Cancel);
        }
        catch (Exception end) when (end is IOException or TimeoutException)
        {
            // Cut without a TLS farewell, or kept open for more requests: what came before counts.
        }

        return WireAnswer.Read(answer.ToArray());
    });
}
