using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Tests.Redact;

/// <summary>Random Kubernetes bodies with canaries in the sensitive places, members in random order, names sometimes escaped.</summary>
internal sealed class CanaryBody(int seed)
{
    private static readonly string[] SecretEnvironment = ["DB_PASSWORD", "apiToken", "AWS_SECRET_ACCESS_KEY", "credentials", "MY_KEY"];

    private readonly Random _random = new(seed);
    private readonly List<string> _canaries = [];
    private int _planted;

    public (string Method, string Target, string Json) Make(string shape) => shape switch
    {
        "object" => ("GET", "/api/v1/namespaces/a/secrets/s", Write(Secret())),
        "list" => ("GET", "/api/v1/namespaces/a/secrets", Write(Shuffle(("kind", "SecretList"), ("apiVersion", "v1"), ("metadata", new JsonObject { ["resourceVersion"] = "7" }), ("items", new JsonArray(Secret(withKind: false), Secret(withKind: false)))))),
        "mixed" => ("GET", "/apis/x.io/v1/things", Write(Shuffle(("kind", "List"), ("items", new JsonArray(Pod(), Secret(), ConfigMap(), Pod()))))),
        "table" => ("GET", "/api/v1/namespaces/a/secrets", Write(Shuffle(("kind", "Table"), ("rows", new JsonArray(Shuffle(("cells", new JsonArray("s", 1)), ("object", Secret())), Shuffle(("cells", new JsonArray()), ("object", Secret(withKind: false)))))))),
        "watch" => ("GET", $"/api/v1/{(_random.Next(2) == 0 ? "secrets" : "things")}?watch=1", string.Join('\n', Enumerable.Range(0, 3).Select(_ => Write(Shuffle(("type", "ADDED"), ("object", Secret())))))),
        "patch" => ("PATCH", "/api/v1/namespaces/a/secrets/s", Write(new JsonArray(
            Shuffle(("op", "add"), ("path", "/data/x"), ("value", Canary())),
            Shuffle(("op", "add"), ("path", "/stringData"), ("value", Values())),
            Shuffle(("op", "replace"), ("path", ""), ("value", Secret()))))),
        "merge" => ("PATCH", "/api/v1/namespaces/a/secrets/s", Write(Shuffle(("data", Values()), ("stringData", Values()), ("metadata", new JsonObject { ["labels"] = new JsonObject { ["a"] = "b" } })))),
        _ => ("GET", "/apis/x.io/v1/works/w", Write(Shuffle(("kind", "Work"), ("spec", Shuffle(("manifests", new JsonArray(Secret(), Pod())), ("password", Canary())))))),
    };

    public void Assert(RedactedBody body, string wire)
    {
        var text = body.Text();
        foreach (var canary in _canaries)
        {
            text.Contains(canary, StringComparison.Ordinal).ShouldBeFalse(wire);
        }
    }

    private JsonObject Secret(bool withKind = true)
    {
        var members = new List<(string, JsonNode?)>
        {
            ("metadata", Shuffle(("name", "s"), ("namespace", "a"), ("uid", $"u{_random.Next(3)}"), ("annotations", new JsonObject { ["kubectl.kubernetes.io/last-applied-configuration"] = $"{{\"data\":\"{Canary()}\"}}" }))),
            ("data", Values()),
            ("type", "Opaque"),
        };
        if (_random.Next(2) == 0)
        {
            members.Add(("stringData", Values()));
        }

        if (withKind)
        {
            members.Add((_random.Next(5) == 0 ? "Kind" : "kind", "Secret"));
        }

        return Shuffle([.. members]);
    }

    private JsonObject ConfigMap() => Shuffle(("kind", "ConfigMap"), ("data", Values()), ("binaryData", Values()), ("metadata", new JsonObject { ["name"] = "c" }));

    private JsonObject Pod() => Shuffle(("kind", "Pod"), ("spec", new JsonObject
    {
        ["containers"] = new JsonArray(Shuffle(
            ("name", "c"),
            ("args", new JsonArray("--password", Canary(), $"--token={Canary()}")),
            ("env", new JsonArray(Shuffle(("name", SecretEnvironment[_random.Next(SecretEnvironment.Length)]), ("value", Canary())), Shuffle(("name", "MODE"), ("value", "fast")))))),
        ["note"] = $"Authorization: Bearer {Canary()}",
        ["jwt"] = $"eyJhbGciOi.eyJ{Canary()}.x",
    }));

    private JsonObject Values() => Shuffle([.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => ($"k{i}", (JsonNode?)Canary()))]);

    // As it is, or in base64; both are looked for.
    private string Canary()
    {
        var plain = $"CANARY{seed}x{_planted++}y{_random.Next(100_000, 1_000_000)}";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(plain));
        _canaries.Add(plain);
        _canaries.Add(encoded);
        return _random.Next(2) == 0 ? plain : encoded;
    }

    private JsonObject Shuffle(params (string Name, JsonNode? Value)[] members)
    {
        _random.Shuffle(members);
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            result[name] = value;
        }

        return result;
    }

    private string Write(JsonNode node)
    {
        var json = node.ToJsonString(new JsonSerializerOptions { WriteIndented = _random.Next(2) == 0 });
        return _random.Next(4) == 0 ? json.Replace("\"data\"", "\"d\\u0061ta\"", StringComparison.Ordinal).Replace("\"kind\"", "\"\\u006bind\"", StringComparison.Ordinal) : json;
    }
}
