using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Tokens;

/// <summary>Bound tokens of service accounts: JWTs (HS256) that end with their time, their account, or the pod they are bound to.</summary>
internal sealed class ServiceAccountTokens(TokenKey key, IObjectStore store, TimeProvider clock)
{
    public const string Audience = "https://kubernetes.default.svc";
    private const string Purpose = "serviceaccount";

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <param name="bound">References of the bound pod and its node as claims, or empty.</param>
    public string Issue(JsonObject serviceAccount, JsonArray audiences, DateTimeOffset expiry, IEnumerable<KeyValuePair<string, JsonNode?>> bound)
    {
        var metadata = serviceAccount["metadata"]!;
        var (ns, name) = ((string)metadata["namespace"]!, (string)metadata["name"]!);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["aud"] = audiences.DeepClone(),
            ["exp"] = expiry.ToUnixTimeSeconds(),
            ["iat"] = now,
            ["iss"] = Audience,
            ["jti"] = Guid.NewGuid().ToString(),
            ["kubernetes.io"] = new JsonObject([new("namespace", ns), .. bound, new("serviceaccount", new JsonObject { ["name"] = name, ["uid"] = (string?)metadata["uid"] })]),
            ["nbf"] = now,
            ["sub"] = $"system:serviceaccount:{ns}:{name}",
        };
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Signature(signed)}";
    }

    /// <param name="problem">What is wrong, when null is returned.</param>
    public DemoUser? Verify(string token, IReadOnlyCollection<string> audiences, out string problem)
    {
        problem = "invalid bearer token";
        if (Claims(token) is not { } claims)
        {
            return null;
        }

        if (clock.GetUtcNow().ToUnixTimeSeconds() >= (long)claims["exp"]!)
        {
            problem = "invalid bearer token, service account token has expired";
            return null;
        }

        if (!claims["aud"]!.AsArray().Any(audience => audiences.Contains((string)audience!)))
        {
            problem = $"invalid bearer token, token audiences {claims["aud"]!.ToJsonString()} is invalid for the target audiences [{string.Join(", ", audiences.Select(audience => $"\"{audience}\""))}]";
            return null;
        }

        var kubernetes = claims["kubernetes.io"]!.AsObject();
        var ns = (string)kubernetes["namespace"]!;
        if (!Lives("ServiceAccount", ns, kubernetes["serviceaccount"]!) || (kubernetes["pod"] is { } pod && !Lives("Pod", ns, pod)))
        {
            problem = "invalid bearer token, service account token has been invalidated";
            return null;
        }

        return User(claims, kubernetes);
    }

    private JsonObject? Claims(string token)
    {
        if (token.Split('.') is not [var header, var payload, var signature] || header != Header || !Base64Url.IsValid(payload)
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Signature($"{header}.{payload}"))))
        {
            return null;
        }

        // What carries our signature is what we wrote.
        return JsonNode.Parse(Base64Url.DecodeFromChars(payload))!.AsObject();
    }

    private bool Lives(string kind, string ns, JsonNode reference) =>
        store.Find(ResourceKinds.Named(kind), ns, (string)reference["name"]!)?["metadata"]?["uid"] is { } uid && (string?)uid == (string?)reference["uid"];

    private static DemoUser User(JsonObject claims, JsonObject kubernetes)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>> { ["authentication.kubernetes.io/credential-id"] = [$"JTI={(string)claims["jti"]!}"] };
        foreach (var part in (string[])["pod", "node"])
        {
            if (kubernetes[part] is { } reference)
            {
                extra[$"authentication.kubernetes.io/{part}-name"] = [(string)reference["name"]!];
                extra[$"authentication.kubernetes.io/{part}-uid"] = [(string?)reference["uid"] ?? ""];
            }
        }

        return DemoUsers.Named((string)claims["sub"]!) with { Uid = (string?)kubernetes["serviceaccount"]!["uid"] ?? "", Extra = extra };
    }

    private string Signature(string text) => Base64Url.EncodeToString(key.Sign(Purpose, Encoding.ASCII.GetBytes(text)));
}
