using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Redact.Rules;

/// <summary>What reaches the spool and the Store of calls that pass a gateway with rules, and what reaches the upstream and the client.</summary>
public sealed class RuleForwardingTests : IAsyncLifetime
{
    private const string Answer = """{"kind":"Widget","metadata":{"name":"w"},"spec":{"word":"CANARY-answered","size":7}}""";

    private readonly InProcessGateway _gateway = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Write("""{"Resources":["widgets.example.com"],"JsonPaths":["$.spec.word"],"Headers":["X-Tenant","user-agent"]}""");
        await _gateway.InitializeAsync();
        _gateway.Upstream.Script = async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(Cancel);
            context.Response.ContentType = "application/json";
            context.Response.Headers["X-Tenant"] = "CANARY-tenant";
            context.Response.Headers["X-Seen"] = $"{body.Contains("CANARY-sent", StringComparison.Ordinal)} {context.Request.Headers["X-Tenant"]}".Replace("CANARY", "canary", StringComparison.Ordinal);
            await context.Response.WriteAsync(context.Request.Query.ContainsKey("watch") ? $"{{\"type\":\"ADDED\",\"object\":{Answer}}}\n" : Answer, Cancel);
        };
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("application/merge-patch+json", """{"spec":{"word":"CANARY-sent","size":7}}""")]
    [InlineData("application/apply-patch+yaml", "kind: Widget\nspec:\n  word: CANARY-sent\n  size: 7\n")]
    [InlineData("application/json-patch+json", """[{"op":"replace","path":"/spec","value":{"word":"CANARY-sent","size":7}}]""")]
    public async Task Patch_WithARule_PassesWholeAndIsKeptWithout(string type, string body)
    {
        using var client = Client();
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await client.PatchAsync("/apis/example.com/v1/namespaces/x/widgets/patched", content, Cancel);

        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe(Answer);
        response.Headers.GetValues("X-Seen").ShouldBe(["True canary-tenant-sent"]);
        var call = await _gateway.Sink.SingleAsync(call => call.Name == "patched", Cancel);
        Check(call.RequestBody);
        Check(call.ResponseBody);
        call.RequestHeaders.Single(header => header.Name == "x-tenant").Values.ShouldBe(["<redacted>"]);
        call.ResponseHeaders.Single(header => header.Name == "x-tenant").Values.ShouldBe(["<redacted>"]);
        call.UserAgent.ShouldBe("<redacted>");
        InSpool("CANARY"u8).ShouldBeFalse();
        InSpool("<redacted:sha-"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Query_WithASecretWordOfTheOperator_IsKeptWithout()
    {
        using var client = Client();
        (await client.GetStringAsync("/apis/example.com/v1/namespaces/asked/widgets/w?tenant=CANARY-asked&pretty=1", Cancel)).ShouldBe(Answer);

        (await _gateway.Sink.SingleAsync(call => call.Namespace == "asked", Cancel)).Query.ShouldBe("tenant=<redacted>&pretty=1");
        InSpool("CANARY"u8).ShouldBeFalse();
    }

    [Fact]
    public async Task Watch_WithARule_IsKeptWithout()
    {
        using var client = Client();
        (await client.GetStringAsync("/apis/example.com/v1/namespaces/watched/widgets?watch=1", Cancel)).ShouldContain("CANARY-answered");

        Check((await _gateway.Sink.SingleAsync(call => call.Namespace == "watched", Cancel)).ResponseBody);
        InSpool("CANARY"u8).ShouldBeFalse();
        InSpool("<redacted:sha-"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Settings_ThatChange_HoldWithoutARestartAndWrongOnesDoNot()
    {
        using var client = Client();
        (await KeptAsync("first")).ShouldContain("CANARY-answered");

        Write("""{"Resources":["gadgets"],"JsonPaths":["$.spec[?(@)]"]}""");
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel); // three looks
        (await KeptAsync("second")).ShouldContain("CANARY-answered");

        Write("""{"Resources":["gadgets"],"JsonPaths":["$.spec.word"]}""");
        var tries = 0;
        await Eventually.Async(async () => !(await KeptAsync($"third-{tries++}")).Contains("CANARY", StringComparison.Ordinal), Cancel, what: "the new rules");

        async Task<string> KeptAsync(string name)
        {
            await client.GetStringAsync($"/apis/example.com/v1/namespaces/x/gadgets/{name}", Cancel);
            return Encoding.UTF8.GetString((await _gateway.Sink.SingleAsync(call => call.Path.EndsWith(name, StringComparison.Ordinal), Cancel)).ResponseBody.Content.Span);
        }
    }

    private static void Check(CallBody body)
    {
        var text = Encoding.UTF8.GetString(body.Content.Span);
        text.ShouldContain("\"size\":7");
        text.ShouldContain("\"word\":\"<redacted:sha-");
        text.ShouldNotContain("CANARY");
    }

    private bool InSpool(ReadOnlySpan<byte> text)
    {
        var isThere = false;
        foreach (var file in Directory.EnumerateFiles(_gateway.Home["spool"], "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lease"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            isThere |= bytes.ToArray().AsSpan().IndexOf(text) >= 0;
        }

        return isThere;
    }

    private HttpClient Client()
    {
        var client = _gateway.Client();
        client.DefaultRequestHeaders.Add("X-Tenant", "CANARY-tenant-sent");
        client.DefaultRequestHeaders.Add("User-Agent", "CANARY/1");
        return client;
    }

    private void Write(string rules)
    {
        File.WriteAllText(_gateway.Home["gateway.json.new"], $$"""{"Redact":{"SecretWords":["tenant"],"Rules":[{{rules}}]} }""");
        File.Move(_gateway.Home["gateway.json.new"], _gateway.Home["gateway.json"], overwrite: true);
    }
}
