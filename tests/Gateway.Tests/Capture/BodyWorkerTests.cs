using System.Net.Http.Headers;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Gateway.Tests.Redact.Protobuf;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Capture;

public sealed class BodyWorkerTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_InProtobuf_IsRecordedWithMetadataAndName()
    {
        var answer = ProtobufWire.Golden("secret");
        gateway.Upstream.Script = context =>
        {
            context.Response.StatusCode = 201;
            context.Response.ContentType = ProtobufWire.ContentType;
            return context.Response.Body.WriteAsync(answer, Cancel).AsTask();
        };

        var received = await PostAsync("/api/v1/namespaces/protobuf-golden/secrets", ProtobufWire.Golden("secret-create"), ProtobufWire.ContentType);
        var call = await gateway.Sink.SingleAsync(c => c.Resource == "secrets", Cancel);

        received.ShouldBe(answer);
        (call.Name, call.RequestBody.Note, call.ResponseBody.Note).ShouldBe(("made", CallBodyNote.MetadataOnly, CallBodyNote.MetadataOnly));
        Text(call.RequestBody).ShouldBe("""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"made","namespace":"protobuf-golden"}}""");
        Text(call.ResponseBody).ShouldContain("\"name\":\"db\"");
    }

    [Fact]
    public async Task Create_WhoseBodyIsNotKept_IsRecordedWithNameAndReason()
    {
        gateway.Upstream.Script = context =>
        {
            context.Response.StatusCode = 409;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"kind":"Status","status":"Failure","message":"exists","reason":"AlreadyExists","code":409}""", Cancel);
        };

        await PostAsync("/apis/certificates.k8s.io/v1/certificatesigningrequests", Encoding.UTF8.GetBytes("""{"kind":"CertificateSigningRequest","metadata":{"name":"jane"},"spec":{"request":"LS0t"}}"""), "application/json");
        var call = await gateway.Sink.SingleAsync(c => c.Resource == "certificatesigningrequests", Cancel);

        (call.Name, call.Reason, call.RequestBody.Note).ShouldBe(("jane", "AlreadyExists", CallBodyNote.NotCaptured));
        call.RequestBody.Content.IsEmpty.ShouldBeTrue();
    }

    private async Task<byte[]> PostAsync(string target, byte[] body, string contentType)
    {
        using var client = gateway.Client();
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        using var response = await client.PostAsync(target, content, Cancel);
        return await response.Content.ReadAsByteArrayAsync(Cancel);
    }

    private static string Text(CallBody body) => Encoding.UTF8.GetString(body.Content.Span);
}
