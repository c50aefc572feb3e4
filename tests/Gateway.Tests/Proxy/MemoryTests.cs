using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>What passes is never held: large bodies cost next to no memory.</summary>
public sealed class MemoryTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private const int Mebi = 1024 * 1024;
    private const int Allowed = 32 * Mebi;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task List_Of200Megabytes_PassesInLittleMemory(string version)
    {
        gateway.Upstream.Script = context => WriteAsync(context, 200);
        using var client = gateway.Client(Version.Parse(version));
        await ReadAsync(client); // warm: the buffers of such a call are there
        var idle = Resident();
        ClearPeak();

        (await ReadAsync(client)).ShouldBe(200L * Mebi);

        (Peak() - idle).ShouldBeLessThanOrEqualTo(Allowed, $"idle {idle / Mebi} MiB, peak {Peak() / Mebi} MiB");
    }

    [Fact]
    public async Task Echo_Of50Megabytes_PassesBothWaysInLittleMemory()
    {
        gateway.Upstream.Script = async context => await context.Request.Body.CopyToAsync(context.Response.Body);
        using var client = gateway.Client();
        await EchoAsync(client);
        var idle = Resident();
        ClearPeak();

        (await EchoAsync(client)).ShouldBe(50L * Mebi);

        (Peak() - idle).ShouldBeLessThanOrEqualTo(Allowed, $"idle {idle / Mebi} MiB, peak {Peak() / Mebi} MiB");
    }

    private static async Task WriteAsync(HttpContext context, int count)
    {
        context.Response.ContentType = "application/json";
        var chunk = new byte[Mebi];
        chunk.AsSpan().Fill((byte)' ');
        for (var i = 0; i < count; i++)
        {
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }
    }

    private static async Task<long> ReadAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/api/v1/namespaces/large/configmaps", HttpCompletionOption.ResponseHeadersRead, Cancel);
        return await CountAsync(await response.Content.ReadAsStreamAsync(Cancel));
    }

    private static async Task<long> EchoAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/namespaces/large/services/echo/proxy/") { Content = new FiftyMegabytes(), Version = HttpVersion.Version20 };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return await CountAsync(await response.Content.ReadAsStreamAsync(Cancel));
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        var total = 0L;
        for (int count; (count = await stream.ReadAsync(buffer, Cancel)) > 0; total += count)
        {
        }

        return total;
    }

    // The client's own contents take no answer before they are sent; one of another type does.
    private sealed class FiftyMegabytes : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[Mebi];
            for (var i = 0; i < 50; i++)
            {
                await stream.WriteAsync(chunk, Cancel);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 50L * Mebi;
            return true;
        }
    }

    private long Resident() => Field("VmRSS");

    private long Peak() => Field("VmHWM");

    // "5" sets the peak back to what is resident now (proc(5)).
    private void ClearPeak() => File.WriteAllText($"/proc/{gateway.Process.Id}/clear_refs", "5");

    private long Field(string name) => 1024 * long.Parse(
        File.ReadLines($"/proc/{gateway.Process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
