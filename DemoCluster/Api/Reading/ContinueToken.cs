using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Reading;

/// <summary>Where a chunked list goes on, and at which version of the cluster. Opaque to clients; the same JSON inside as the API server's.</summary>
/// <param name="Last">The key of the last object that was sent.</param>
internal sealed record ContinueToken(long Version, string Last)
{
    private const string Format = "meta.k8s.io/v1";

    public string Encode() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        new JsonObject { ["v"] = Format, ["rv"] = Version, ["start"] = Last + '\0' }.ToJsonString(JsonForm.Compact)));

    /// <exception cref="ApiException">400.</exception>
    public static ContinueToken Decode(string token)
    {
        try
        {
            if (JsonNode.Parse(Base64Url.DecodeFromChars(token)) is JsonObject value
                && value.Text("v") == Format
                && value.Number("rv") is > 0 and { } version
                && value.Text("start") is { Length: > 1 } start)
            {
                return new ContinueToken(version, start.TrimEnd('\0'));
            }
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            throw ApiErrors.BadRequest($"invalid continue token: continue key is not valid: {wrong.Message}");
        }

        throw ApiErrors.BadRequest("invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    }
}
