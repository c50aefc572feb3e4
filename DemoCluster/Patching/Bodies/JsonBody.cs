using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Patching.Bodies;

/// <summary>
/// Reads a JSON body completely, so that nothing can fail later: the framework's nodes look at escapes and repeated names
/// only when they are asked for. Of repeated names the last counts, as in Go.
/// </summary>
internal static class JsonBody
{
    /// <exception cref="Api.ApiException">400 for what is not JSON, or nested deeper than <see cref="PatchLimits.Depth"/>.</exception>
    public static JsonNode? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return Parse(body);
        }
        catch (JsonException problem)
        {
            throw ApiErrors.BadRequest($"error decoding patch: {problem.Message}");
        }
    }

    /// <exception cref="JsonException">For what is not JSON, or nested deeper than <see cref="PatchLimits.Depth"/>.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = PatchLimits.Depth });
            reader.Read();
            var value = Value(ref reader);
            reader.Read();
            return value;
        }
        catch (InvalidOperationException problem)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            throw new JsonException(problem.Message, problem);
        }
    }

    /// <inheritdoc cref="Read"/>
    public static JsonObject ReadObject(ReadOnlySpan<byte> body) => Read(body) as JsonObject
        ?? throw ApiErrors.BadRequest("error decoding patch: it must be a JSON object");

    private static JsonNode? Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader),
        JsonTokenType.StartArray => Array(ref reader),
        JsonTokenType.String => JsonValue.Create(reader.GetString()),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.Null => null,
        _ => JsonValue.Create(JsonElement.ParseValue(ref reader)),
    };

    private static JsonObject Object(ref Utf8JsonReader reader)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            result[name] = Value(ref reader);
        }

        return result;
    }

    private static JsonArray Array(ref Utf8JsonReader reader)
    {
        var result = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            result.Add(Value(ref reader));
        }

        return result;
    }
}
