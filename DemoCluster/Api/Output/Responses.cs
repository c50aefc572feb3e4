using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Output;

/// <summary>Sends whole answers.</summary>
internal static class Responses
{
    /// <summary>Answers above this many bytes are compressed for who accepts it, as the API server does.</summary>
    public const int CompressFrom = 128 * 1024;

    public static Task StatusAsync(HttpContext context, JsonObject status, int code) => JsonAsync(context, status, code);

    public static Task FailureAsync(HttpContext context, ApiException error)
    {
        context.Features.Set(error); // for the audit
        if (error.Details?.Number("retryAfterSeconds") is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return JsonAsync(context, Status.Failure(error), error.Code);
    }

    public static Task JsonAsync(HttpContext context, JsonNode value, int code, string contentType = "application/json")
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonForm.Writer))
        {
            value.WriteTo(writer, JsonForm.Compact);
        }

        return BytesAsync(context, buffer, code, contentType);
    }

    public static async Task TextAsync(HttpContext context, string text, int code)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    public static async Task BytesAsync(HttpContext context, ArrayBufferWriter<byte> buffer, int code, string contentType = "application/json")
    {
        buffer.Write("\n"u8);
        var response = context.Response;
        response.StatusCode = code;
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-cache, private";
        if (buffer.WrittenCount <= CompressFrom || !AcceptsGzip(context.Request))
        {
            response.ContentLength = buffer.WrittenCount;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
            }

            return;
        }

        response.Headers.ContentEncoding = "gzip";
        response.Headers.Vary = "Accept-Encoding";
        await using var packed = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await packed.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString().Split(',').Any(coding => coding.Split(';')[0].Trim() == "gzip");
}
