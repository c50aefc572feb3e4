using Google.Protobuf;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Store.Ingest;

/// <summary>Reads a request body: content encoding, size limit, protobuf. Says what is wrong and at which byte.</summary>
internal static class OtlpBody
{
    public const string ContentType = "application/x-protobuf";

    public static async Task<OtlpRequest> ReadAsync(HttpContext http, int maxBytes, CancellationToken cancellationToken)
    {
        var body = await DecodedBody.ReadAsync(http, ContentType, maxBytes, "Ingest:MaxBodyBytes", cancellationToken);
        return body.IsRead ? Parse(body.Bytes.Value.Span) : OtlpRequest.Failed(body.Status, body.Error);
    }

    private static OtlpRequest Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return OtlpRequest.Parsed(ExportLogsServiceRequest.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException e)
        {
            return OtlpRequest.Failed(StatusCodes.Status400BadRequest, $"body: no whole ExportLogsServiceRequest ({bytes.Length} bytes): {OtlpFault.Locate(bytes, e.Message)}");
        }
    }
}
