using System.Net;
using System.Security.Cryptography;
using System.Text;
using KubeLens.Contracts.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Tests.Proxy;

public sealed class ForwardingTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/namespaces/a%2Fb/pods/x%20y")]
    [InlineData("/api/v1//namespaces//x")]
    [InlineData("/apis/a.b/v1/namespaces/n/things/%E4%BD%A0%25?fieldSelector=a%3Db&x=%zz&y=+")]
    [InlineData("/healthz/../livez?verbose")]
    public async Task Target_WithOddEscapes_ArrivesByteForByte(string target)
    {
        var seen = "";
        gateway.Upstream.Script = context =>
        {
            seen = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            return Task.CompletedTask;
        };
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var client = gateway.Client(version);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var response = await client.SendAsync(request, Cancel);
            seen.ShouldBe(target);
        }
    }

    [Fact]
    public async Task Selector_Of12Kilobytes_Passes()
    {
        gateway.Upstream.Script = context => context.Response.WriteAsync($"{context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length}");
        using var client = gateway.Client();
        var target = $"/api/v1/pods?labelSelector={new string('a', 12 * 1024)}";
        (await client.GetStringAsync(target, Cancel)).ShouldBe($"{target.Length}");
    }

    [Fact]
    public async Task Headers_OfTheClient_GoOnWithoutItsCredentialAndClaims()
    {
        IHeaderDictionary? seen = null;
        gateway.Upstream.Script = context =>
        {
            seen = context.Request.Headers;
            return Task.CompletedTask;
        };
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces/headers");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer the-callers-own");
        request.Headers.TryAddWithoutValidation("Audit-ID", "chosen-by-the-client");
        request.Headers.TryAddWithoutValidation("X-Remote-User", "root");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "8.8.8.8");
        request.Headers.TryAddWithoutValidation("Kubectl-Command", "kubectl get");
        using var response = await client.SendAsync(request, Cancel);

        seen!.Authorization.ToString().ShouldBe($"Bearer {GatewayUnderTest.UpstreamToken}");
        seen["X-Forwarded-For"].ToString().ShouldBe("127.0.0.1");
        seen["Kubectl-Command"].ToString().ShouldBe("kubectl get");
        seen.ContainsKey("X-Remote-User").ShouldBeFalse();

        var call = await gateway.Sink.SingleAsync(c => c.Name == "headers", Cancel);
        seen["Audit-ID"].ToString().ShouldBe(call.AuditId.ToString());
        call.ClientAuditId.ShouldBe("chosen-by-the-client");
        call.RequestHeaders.SelectMany(h => h.Values).ShouldNotContain(v => v.Contains("the-callers-own"));
        call.RequestHeaders.SelectMany(h => h.Values).ShouldNotContain(v => v.Contains(GatewayUnderTest.UpstreamToken));
    }

    [Fact]
    public async Task Headers_OfATrace_GoOnUnchanged_AndNoneIsAdded()
    {
        string[] names = ["traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context"];
        Dictionary<string, string>? seen = null;
        gateway.Upstream.Script = context =>
        {
            seen = names.ToDictionary(name => name, name => context.Request.Headers[name].ToString());
            return Task.CompletedTask;
        };
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces/traced");
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        request.Headers.Add("tracestate", "a=1,b=2");
        request.Headers.Add("baggage", "shop=7");
        request.Headers.Add("Request-Id", "|abc.1.");
        request.Headers.Add("Correlation-Context", "k=v");
        using var response = await client.SendAsync(request, Cancel);
        seen.ShouldNotBeNull().Values.ShouldBe(["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a=1,b=2", "shop=7", "|abc.1.", "k=v"]);

        await client.GetAsync("/api/v1/namespaces/untraced", Cancel);
        seen.Values.ShouldAllBe(value => value.Length == 0);
    }

    [Fact]
    public async Task Bodies_LargerThanTheCap_PassWholeAndAreRecordedWithTheirTrueSize()
    {
        gateway.Upstream.Script = async context =>
        {
            // Read first: a client of this kind takes no answer before it has sent its body.
            using var sent = new MemoryStream();
            await context.Request.Body.CopyToAsync(sent);
            context.Response.ContentType = "application/octet-stream";
            await context.Response.Body.WriteAsync(sent.ToArray());
        };
        var body = RandomNumberGenerator.GetBytes(3 * 1024 * 1024);
        using var client = gateway.Client();
        using var response = await client.PostAsync("/api/v1/namespaces/big/things", new ByteArrayContent(body), Cancel);
        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(body);

        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "big", Cancel);
        call.RequestBytes.ShouldBe(body.Length);
        call.ResponseBytes.ShouldBe(body.Length);
        call.RequestBody.Note.ShouldNotBe(CallBodyNote.Whole);
    }

    [Fact]
    public async Task Trailers_AndEncoding_PassUnchanged()
    {
        var packed = Convert.FromBase64String("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==");
        gateway.Upstream.Script = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "application/json";
            context.Response.DeclareTrailer("X-Sum");
            await context.Response.Body.WriteAsync(packed);
            context.Response.AppendTrailer("X-Sum", "42");
        };
        using var client = gateway.Client();
        using var response = await client.GetAsync("/version", Cancel);
        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(packed);
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        response.TrailingHeaders.GetValues("X-Sum").ShouldBe(["42"]);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    public async Task Answers_WithoutABody_AreRecordedOnce(string method, int status)
    {
        gateway.Upstream.Script = context =>
        {
            context.Response.StatusCode = status;
            if (status == 200)
            {
                context.Response.ContentLength = 100;
            }

            return Task.CompletedTask;
        };
        using var client = gateway.Client();
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/api/v1/namespaces/empty-{method}-{status}"), Cancel);
        ((int)response.StatusCode).ShouldBe(status);
        (await gateway.Sink.SingleAsync(c => c.Name == $"empty-{method}-{status}", Cancel)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Json_IsRecordedWithItsBodiesUserAndCaller()
    {
        gateway.Upstream.Script = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = 201;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"made-up-x7","uid":"1"}}""");
        };
        using var client = gateway.Client();
        using var content = new StringContent("""{"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"made-up-"}}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/api/v1/namespaces/json/pods", content, Cancel);

        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "json", Cancel);
        call.Verb.ShouldBe("create");
        call.Name.ShouldBe("made-up-x7");
        call.Caller.ShouldBe(Environment.UserName);
        call.Cluster.ShouldBe("scripted");
        call.Gateway.ShouldBe("under-test");
        call.Client.Protocol.ShouldBe("2");
        call.Client.TlsVersion.ShouldBe("1.3");
        Encoding.UTF8.GetString(call.RequestBody.Content.Span).ShouldContain("made-up-");
        Encoding.UTF8.GetString(call.ResponseBody.Content.Span).ShouldContain("made-up-x7");
    }
}
