using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Bodies.Protobuf;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Patching.Bodies;

namespace KubeLens.DemoCluster.Api.Bodies;

/// <summary>Reads what a client sent, as JSON, YAML or protobuf.</summary>
internal static class RequestBody
{
    /// <summary>The API server's own limit, in bytes.</summary>
    public const int Limit = 3 * 1024 * 1024;

    private static readonly string[] Accepted = ["application/json", "application/yaml", ProtobufBody.MediaType];

    public static async Task<byte[]> BytesAsync(HttpContext context)
    {
        if (context.Request.ContentLength > Limit)
        {
            throw TooLarge();
        }

        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            body.Write(chunk, 0, read);
            if (body.Length > Limit)
            {
                throw TooLarge();
            }
        }

        return body.ToArray();
    }

    /// <summary>An object of the request's kind, with kind and apiVersion filled in and its shape looked at.</summary>
    public static async Task<JsonObject> ObjectAsync(HttpContext context, ResourceKind kind)
    {
        var value = await MapAsync(context, kind.Kind);
        ObjectShape.Check(value, kind);
        return value;
    }

    /// <returns>Null for an empty body.</returns>
    public static async Task<JsonObject?> OptionalAsync(HttpContext context, string kind)
    {
        var bytes = await BytesAsync(context);
        return bytes.Length == 0 ? null : Parse(context, bytes, kind);
    }

    public static async Task<JsonObject> MapAsync(HttpContext context, string kind) => Parse(context, await BytesAsync(context), kind);

    private static JsonObject Parse(HttpContext context, byte[] bytes, string kind)
    {
        var type = MediaType.Of(context.Request.ContentType);
        if (type.Length > 0 && !Accepted.Contains(type))
        {
            throw ApiErrors.UnsupportedMediaType(Accepted);
        }

        if (type == ProtobufBody.MediaType)
        {
            return ProtobufBody.Read(bytes);
        }

        if (type == "application/yaml")
        {
            return YamlBody.ReadObject(bytes);
        }

        try
        {
            return JsonBody.Parse(bytes) as JsonObject
                ?? throw ApiErrors.BadRequest($"couldn't get version/kind; json parse error: json: cannot unmarshal into Go value of type {kind}");
        }
        catch (JsonException wrong)
        {
            var shown = Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 256)));
            throw ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: {wrong.Message} ({shown})");
        }
    }

    private static ApiException TooLarge() => new(413, "RequestEntityTooLarge", $"Request entity too large: limit is {Limit}");
}
