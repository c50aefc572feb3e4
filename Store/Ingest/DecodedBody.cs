using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Store.Ingest;

/// <summary>A request's body, decoded, or the HTTP status and the message that refuse it.</summary>
internal sealed record DecodedBody(ReadOnlyMemory<byte>? Bytes, int Status, string Error)
{
    private const int BufferBytes = 64 * 1024;

    [MemberNotNullWhen(true, nameof(Bytes))]
    public bool IsRead => Bytes is not null;

    /// <summary>Checks content type and encoding, and stops at the limit.</summary>
    /// <param name="http">The request.</param>
    /// <param name="contentType">The only one there is.</param>
    /// <param name="maxBytes">Most bytes, decoded.</param>
    /// <param name="limitKey">The key of that limit, for the message.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<DecodedBody> ReadAsync(HttpContext http, string contentType, int maxBytes, string limitKey, CancellationToken cancellationToken)
    {
        var type = http.Request.ContentType;
        if (type?.Split(';')[0].Trim().Equals(contentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return Failed(StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected {contentType}, found \"{type}\"");
        }

        var encoding = http.Request.Headers.ContentEncoding.ToString();
        var gzip = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!gzip && encoding is not ("" or "identity"))
        {
            return Failed(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding: expected gzip or none, found \"{encoding}\"");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        var tooLarge = Failed(StatusCodes.Status413PayloadTooLarge, $"body: longer than {maxBytes} bytes decoded ({limitKey}); send smaller batches");
        using var content = new MemoryStream();
        try
        {
            await using var source = gzip ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
            return await CopyAsync(source, content, maxBytes, cancellationToken) ? new DecodedBody(content.GetBuffer().AsMemory(0, (int)content.Length), StatusCodes.Status200OK, "") : tooLarge;
        }
        catch (InvalidDataException e)
        {
            return Failed(StatusCodes.Status400BadRequest, $"body: broken gzip after {content.Length} decoded bytes: {e.Message}");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return tooLarge;
        }
        catch (BadHttpRequestException e)
        {
            return Failed(e.StatusCode, $"body: ended after {content.Length} bytes: {e.Message}");
        }
    }

    private static DecodedBody Failed(int status, string error) => new(null, status, error);

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
