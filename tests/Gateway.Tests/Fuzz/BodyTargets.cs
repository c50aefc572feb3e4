using System.Text;
using KubeLens.Gateway.Tests.Capture.Watches;
using KubeLens.Gateway.Tests.Redact;
using KubeLens.Gateway.Tests.Redact.Protobuf;
using KubeLens.Testing;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>
/// The body redactor, by syntax. Damaged bodies must not throw; of a sound body with planted canaries, cut anywhere, none may come
/// out. (Damage can move a value to where no secret stands, so it cannot be held to that.) The first byte of an input says whose body it is.
/// </summary>
internal static class BodyTargets
{
    private const int MaxBody = 262_144;
    private static readonly string[] Shapes = ["object", "list", "mixed", "table", "watch", "patch", "merge", "embedded"];
    private static readonly (string Method, string Target)[] Calls = [("GET", Secrets), ("GET", Pods), ("GET", Secrets + "?watch=1"), ("PATCH", Secrets + "/s"), ("POST", "/apis/authentication.k8s.io/v1/tokenreviews"), ("GET", "/apis/x.io/v1/works/w"), ("GET", "/healthz"), ("POST", "/api/v1/namespaces/a/pods/p/eviction")];
    // Whose body each shape is.
    private static readonly (string Method, string Target)[] Homes = [.. Shapes.Select(shape => new CanaryBody(0).Make(shape) is var made ? (made.Method, made.Target) : default)];

    // An event each, and after it one that is always the same.
    private static readonly byte[][] ProtobufEvents = [.. FuzzCorpus.Golden("*.bin").Select(body => (byte[])[.. WatchHarness.Frame("ADDED", body), .. WatchHarness.Frame("ERROR", WatchHarness.Expired)])];

    public static IEnumerable<FuzzTarget> All()
    {
        yield return Damaged("json", "application/json", FuzzCorpus.Golden("*.wire.json"));
        yield return Damaged("yaml", "application/yaml", [.. FuzzCorpus.Golden("*.wire.json"), .. FuzzCorpus.Yaml]);
        yield return Damaged("cbor", CborWire.Sequence, FuzzCorpus.Golden("*.wire.cbor"));
        yield return Damaged("protobuf", ProtobufWire.ContentType, FuzzCorpus.Golden("*.bin"));
        yield return Planted("json-canary", "application/json", Encoding.UTF8.GetBytes);
        // A comment, which makes it YAML and no JSON.
        yield return Planted("yaml-canary", "application/yaml", json => Encoding.UTF8.GetBytes("# x\n" + json.Replace("\n{", "\n---\n{", StringComparison.Ordinal).Replace("\t", " ", StringComparison.Ordinal)));
        yield return Planted("cbor-canary", CborWire.Sequence, CborWire.FromJson);
        yield return Damaged("protobuf-watch", WatchHarness.Protobuf, ProtobufEvents);
        yield return new FuzzTarget("protobuf-canary", random => Cut(random, Sound(random, FuzzCorpus.Golden("*.bin"), body => body), random.Next(2)), input => CheckCanary(Redact(input, Calls[input[0] % 2], ProtobufWire.ContentType)));
        yield return new FuzzTarget("protobuf-watch-canary", random => Cut(random, Sound(random, ProtobufEvents, body => WatchHarness.Frame("ADDED", body)), random.Next(3)), input => CheckCanary(Redact(input, Calls[input[0] % 3], WatchHarness.Protobuf)));
    }

    private static FuzzTarget Damaged(string name, string contentType, byte[][] corpus) =>
        new(name, random => [(byte)random.Next(256), .. FuzzMutator.Mutate(corpus, random)], input =>
        {
            if (input.Length > 0)
            {
                var body = Redact(input, Calls[input[0] % Calls.Length], contentType);
                body.Body.Content.Length.ShouldBeLessThanOrEqualTo(MaxBody);
            }
        });

    private static FuzzTarget Planted(string name, string contentType, Func<string, byte[]> encode) => new(
        name,
        random =>
        {
            var shape = random.Next(Shapes.Length);
            return Cut(random, encode(new CanaryBody(random.Next()).Make(Shapes[shape]).Json), shape);
        },
        input =>
        {
            var body = Redact(input, Homes[input[0] % Shapes.Length], contentType);
            CheckCanary(body);
            if ((input[0] & 0x80) == 0)
            {
                // Nothing kept is nothing let out, and would prove nothing.
                body.Body.RedactedValues.ShouldBeGreaterThan(0);
            }
        });

    private static byte[] Sound(Random random, byte[][] real, Func<byte[], byte[]> wrap) =>
        random.Next(4) == 0 ? real[random.Next(real.Length)] : wrap(new ProtobufCanaryBody(random.Next()).Make());

    private static byte[] Cut(Random random, byte[] wire, int shape)
    {
        var isCut = random.Next(4) > 0;
        var options = (byte)(shape | (isCut ? 0x80 : 0) | (random.Next(4) == 0 ? 0x40 : 0));
        return [options, .. isCut ? wire[..random.Next(wire.Length)] : wire];
    }

    // 0x80: cut; 0x40: packed; 0x20: a request where the method does not tell.
    private static Gateway.Redact.RedactedBody Redact(byte[] input, (string Method, string Target) call, string contentType)
    {
        var (options, wire) = (input[0], input[1..]);
        var isPacked = (options & 0x40) != 0;
        var isRequest = call.Method != "GET" || (options & 0x20) != 0;
        return Send(call.Target, isPacked ? Gzip(wire) : wire, contentType: contentType, encoding: isPacked ? "gzip" : "", truncated: (options & 0x80) != 0, method: call.Method, isRequest: isRequest);
    }

    private static void CheckCanary(Gateway.Redact.RedactedBody body)
    {
        var text = body.Text();
        text.Contains("CANARY", StringComparison.Ordinal).ShouldBeFalse(text);
        text.Contains("Q0FOQVJZ", StringComparison.Ordinal).ShouldBeFalse(text);
    }
}
