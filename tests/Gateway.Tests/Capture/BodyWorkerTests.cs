using System.Net.Http.Headers;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Gateway.Tests.Redact.Protobuf;

namespace KubeLens.Gateway.Tests.Capture;

public sealed class BodyWorkerTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_InProtobuf_IsRecordedWithMetadataAndName()
    {
        var answer = ProtobufWire.Golden("secret");
        Answer(201, ProtobufWire.ContentType, answer);

        var received = await PostAsync("/api/v1/namespaces/protobuf-golden/secrets", ProtobufWire.Golden("secret-create"), ProtobufWire.ContentType);
        var call = await gateway.Sink.SingleAsync(c => c.Resource == "secrets", Cancel);

        received.ShouldBe(answer);
        (call.Name, call.RequestBody.Note, call.ResponseBody.Note).ShouldBe(("made", CallBodyNote.MetadataOnly, CallBodyNote.MetadataOnly));
        ProtobufWire.WithoutTrees(Text(call.RequestBody)).ShouldBe("""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"made","namespace":"protobuf-golden"}}""");
        Text(call.ResponseBody).ShouldContain("\"name\":\"db\"");
    }

    [Fact]
    public async Task Create_WhoseBodyIsNotKept_IsRecordedWithNameAndReason()
    {
        Answer(409, "application/json", """{"kind":"Status","status":"Failure","message":"exists","reason":"AlreadyExists","code":409}"""u8.ToArray());

        await PostAsync("/apis/certificates.k8s.io/v1/certificatesigningrequests", Encoding.UTF8.GetBytes("""{"kind":"CertificateSigningRequest","metadata":{"name":"jane"},"spec":{"request":"LS0t"}}"""), "application/json");
        var call = await gateway.Sink.SingleAsync(c => c.Resource == "certificatesigningrequests", Cancel);

        (call.Name, call.Reason, call.RequestBody.Note).ShouldBe(("jane", "AlreadyExists", CallBodyNote.NotCaptured));
        call.RequestBody.Content.IsEmpty.ShouldBeTrue();
    }

    private void Answer(int status, string contentType, byte[] body) => gateway.Upstream.Script = async context =>
    {
        // The forwarding ends with the answer, so an answer before the request is read would leave its body behind.
        await context.Request.Body.CopyToAsync(Stream.Null, Cancel);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(body, Cancel);
    };

    private async Task<byte[]> PostAsync(string target, byte[] body, string contentType)
    {
        using var client = gateway.Client();
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        using var response = await client.PostAsync(target, content, Cancel);
        return await response.Content.ReadAsByteArrayAsync(Cancel);
    }

    private static string Text(CallBody body) => Encoding.UTF8.GetString(body.Content.Span);
}
