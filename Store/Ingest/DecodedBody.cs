using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Store.Ingest;

/// <summary>A request's body, decoded, or the HTTP status and the message that refuse it. Its bytes are borrowed: they are there until this is disposed of.</summary>
internal sealed class DecodedBody : IDisposable
{
    private const int SmallestBuffer = 64 * 1024;

    // Of gzip: what it makes of calls is about this much smaller.
    private const int LikelyRatio = 4;

    private byte[] _rented = [];

    private DecodedBody(int status, string error) => (Status, Error) = (status, error);

    public ReadOnlyMemory<byte>? Bytes { get; private set; }

    public int Status { get; }

    public string Error { get; }

    [MemberNotNullWhen(true, nameof(Bytes))]
    public bool IsRead => Bytes is not null;

    /// <summary>Checks content type and encoding, and stops at the limit.</summary>
    /// <param name="http">The request.</param>
    /// <param name="contentTypes">Those there are.</param>
    /// <param name="maxBytes">Most bytes, decoded.</param>
    /// <param name="limitKey">The key of that limit, for the message.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<DecodedBody> ReadAsync(HttpContext http, IReadOnlyList<string> contentTypes, int maxBytes, string limitKey, CancellationToken cancellationToken)
    {
        if (!contentTypes.Contains(TypeOf(http.Request), StringComparer.OrdinalIgnoreCase))
        {
            return new DecodedBody(StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected {string.Join(" or ", contentTypes)}, found \"{http.Request.ContentType}\"");
        }

        var encoding = http.Request.Headers.ContentEncoding.ToString();
        var gzip = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!gzip && encoding is not ("" or "identity"))
        {
            return new DecodedBody(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding: expected gzip or none, found \"{encoding}\"");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        var body = new DecodedBody(StatusCodes.Status200OK, "");
        var length = 0;
        try
        {
            body.Grow(0, (int)Math.Min(Math.Max((http.Request.ContentLength ?? 0) * (gzip ? LikelyRatio : 1) + 1, SmallestBuffer), maxBytes + 1L));
            await using var source = gzip ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
            int read;
            while ((read = await source.ReadAsync(body._rented.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length > maxBytes)
                {
                    return body.Failed(StatusCodes.Status413PayloadTooLarge, TooLarge(maxBytes, limitKey));
                }

                if (length == body._rented.Length)
                {
                    body.Grow(length, (int)Math.Min(2L * length, maxBytes + 1L));
                }
            }

            body.Bytes = body._rented.AsMemory(0, length);
            return body;
        }
        catch (InvalidDataException e)
        {
            return body.Failed(StatusCodes.Status400BadRequest, $"body: broken gzip after {length} decoded bytes: {e.Message}");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return body.Failed(StatusCodes.Status413PayloadTooLarge, TooLarge(maxBytes, limitKey));
        }
        catch (BadHttpRequestException e)
        {
            return body.Failed(e.StatusCode, $"body: ended after {length} bytes: {e.Message}");
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>The content type of a request, without parameters.</summary>
    public static string TypeOf(HttpRequest request) => request.ContentType?.Split(';')[0].Trim() ?? "";

    public void Dispose()
    {
        Bytes = null;
        if (_rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = [];
        }
    }

    private static string TooLarge(int maxBytes, string limitKey) => $"body: longer than {maxBytes} bytes decoded ({limitKey}); send smaller batches";

    private DecodedBody Failed(int status, string error)
    {
        Dispose();
        return new DecodedBody(status, error);
    }

    private void Grow(int used, int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _rented.AsSpan(0, used).CopyTo(larger);
        if (_rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }

        _rented = larger;
    }
}
