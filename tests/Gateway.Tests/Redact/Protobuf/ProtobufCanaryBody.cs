using System.Text;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;

namespace KubeLens.Gateway.Tests.Redact.Protobuf;

/// <summary>Random Kubernetes bodies in protobuf with canaries in the sensitive places, at any depth, fields in any order.</summary>
internal sealed class ProtobufCanaryBody(int seed)
{
    private const string Canary = "CANARY", Encoded = "Q0FOQVJZ";

    private static readonly string[] SecretNames = ["DB_PASSWORD", "apiToken", "AWS_SECRET_ACCESS_KEY", "Authorization", "kubectl.kubernetes.io/last-applied-configuration", "my.io/session", "x-api-key"];
    private static readonly string[] Flags = ["--password", "--db-token", "-secret", "--auth-config"];

    private readonly Random _random = new(seed);

    /// <summary>An object or a list, with its envelope.</summary>
    public byte[] Make() => _random.Next(6) switch
    {
        0 => Envelope("Secret", Data()),
        1 => Envelope("ConfigMap", Data()),
        2 => List("SecretList", Data),
        3 => List("PodList", Spec),
        4 => List("ConfigMapList", Data),
        _ => Envelope("Pod", Spec()),
    };

    private byte[] List(string kind, Func<byte[]> item) => Envelope(kind, [Field(1, ListMeta("7")), .. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Field(2, item()))]);

    private byte[] Object(params byte[][] fields) => Shuffle([Field(1, Meta($"n{_random.Next(10)}", Field(12, Entry("my.io/applied", Value())))), .. fields]);

    private byte[] Data() => Object([.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Field(_random.Next(3) == 0 ? 4 : 2, Entry($"k{i}", Value()))), Field(3, _random.Next(4) == 0 ? Entry("x", Value()) : "Opaque"u8.ToArray())]);

    private byte[] Spec() => Object([.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Field(_random.Next(2, 40), Nested(_random.Next(5))))]);

    private byte[] Nested(int depth) => depth == 0 ? Leaf() : Shuffle([.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Field(_random.Next(1, 40), Nested(depth - 1))), Field(_random.Next(6, 40), "plain"), Field(_random.Next(6, 40), _random.Next(300))]);

    // Stands in a field of its own.
    private byte[] Leaf() => _random.Next(9) switch
    {
        0 => Shuffle(Field(1, SecretNames[_random.Next(SecretNames.Length)]), Field(2, Value())),
        1 => Shuffle(Field(1, SecretNames[_random.Next(SecretNames.Length)]), Field(2, "Equal"), Field(3, Value()), Field(4, "NoExecute")),
        2 => Shuffle(Field(1, SecretNames[_random.Next(SecretNames.Length)]), Field(2, ""), Field(3, Field(4, Value()))),
        3 => Encoding.UTF8.GetBytes($"a Bearer {Value()}"),
        4 => Encoding.UTF8.GetBytes($"postgres://u:{Value()}@host/db"),
        5 => Join(Field(4, Flags[_random.Next(Flags.Length)]), Field(4, _random.Next(2) == 0 ? Encoding.UTF8.GetBytes(Value()) : Field(1, Value())), Field(4, $"{Flags[_random.Next(Flags.Length)]}={Value()}")),
        6 => Field(1, $$"""{"password":"{{Value()}}","env":[{"name":"MY_KEY","value":"{{Value()}}"}],"x":1}"""),
        7 => Field(1, $$$"""{"kind":"Secret","metadata":{"name":"n"},"data":{"k":"{{{Value()}}}"}}"""),
        _ => [.. Encoding.UTF8.GetBytes(Value()), 0xFF, (byte)_random.Next(256)],
    };

    // Of lengths whose bytes are those of text, too.
    private string Value() => (_random.Next(2) == 0 ? Canary : Encoded) + new string('v', _random.Next(60));

    private byte[] Shuffle(params byte[][] fields)
    {
        if (_random.Next(2) == 0)
        {
            _random.Shuffle(fields);
        }

        return Join(fields);
    }
}
