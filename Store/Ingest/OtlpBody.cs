using System.IO.Compression;
using Google.Protobuf;
using KubeLens.Contracts.Otlp.Protos;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Store.Ingest;

/// <summary>Reads a request body: content encoding, size limit, protobuf. Says what is wrong and at which byte.</summary>
internal static class OtlpBody
{
    public const string ContentType = "application/x-protobuf";
    private const int BufferBytes = 64 * 1024;

    public static async Task<OtlpRequest> ReadAsync(HttpContext http, int maxBytes, CancellationToken cancellationToken)
    {
        var type = http.Request.ContentType;
        if (type?.Split(';')[0].Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return OtlpRequest.Failed(StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected {ContentType}, found \"{type}\"");
        }

        var encoding = http.Request.Headers.ContentEncoding.ToString();
        var gzip = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!gzip && encoding is not ("" or "identity"))
        {
            return OtlpRequest.Failed(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding: expected gzip or none, found \"{encoding}\"");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        using var content = new MemoryStream();
        try
        {
            await using var source = gzip ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
            if (!await CopyAsync(source, content, maxBytes, cancellationToken))
            {
                return TooLarge(maxBytes);
            }
        }
        catch (InvalidDataException e)
        {
            return OtlpRequest.Failed(StatusCodes.Status400BadRequest, $"body: broken gzip after {content.Length} decoded bytes: {e.Message}");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(maxBytes);
        }
        catch (BadHttpRequestException e)
        {
            return OtlpRequest.Failed(e.StatusCode, $"body: ended after {content.Length} bytes: {e.Message}");
        }

        return Parse(content);
    }

    private static OtlpRequest TooLarge(int maxBytes) =>
        OtlpRequest.Failed(StatusCodes.Status413PayloadTooLarge, $"body: longer than {maxBytes} bytes decoded (Ingest:MaxBodyBytes); send smaller batches");

    private static OtlpRequest Parse(MemoryStream content)
    {
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        try
        {
            return OtlpRequest.Parsed(ExportLogsServiceRequest.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException e)
        {
            return OtlpRequest.Failed(StatusCodes.Status400BadRequest, $"body: no whole ExportLogsServiceRequest ({bytes.Length} bytes): {OtlpFault.Locate(bytes, e.Message)}");
        }
    }

    private static async Task<bool> CopyAsync(Stream source, MemoryStream target, int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (target.Length + read > maxBytes)
            {
                return false;
            }

            target.Write(buffer, 0, read);
        }

        return true;
    }
}
