using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Redact;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact.Protobuf;

/// <summary>Secret values never come out of protobuf, nor does anything in it throw, however it is cut, damaged or made up.</summary>
public class ProtobufCanaryTests
{
    private const string Canary = "CANARY", Encoded = "Q0FOQVJZ";

    // Whose values have no names of secrets: what they are is told by their kind or by where they were asked for, as in JSON.
    private static readonly string[] Keyed = ["secret", "configmap", "secret-create"];

    private static readonly string[] Objects = ["secret", "configmap", "pod", "podlist", "deployment", "status", "secret-create"];
    private static readonly string[] Targets = [Secrets, Secrets + "/db", Pods, "/apis/apps/v1/deployments", "/apis/x.io/v1/things/x", "/healthz"];

    [Fact]
    public void Redact_RealBodyCutAnywhere_LetsNoCanaryOut()
    {
        foreach (var wire in Objects.Select(Golden))
        {
            for (var length = 0; length < wire.Length; length++)
            {
                Check(wire[..length], Targets[length % 3], truncated: true);
                Check(wire[..length], Targets[length % 3], truncated: false);
            }
        }
    }

    [Fact]
    public void Redact_RandomSoundBody_LetsNoCanaryOut()
    {
        var trees = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var wire = new ProtobufCanaryBody(seed).Make();
            Check(wire, seed % 2 == 0 ? Pods : Secrets, truncated: false);
            Check(wire[..(wire.Length - 1 - (seed % wire.Length))], Pods, truncated: true);
            trees += Send(Pods, wire, contentType: ContentType).Text().Contains("\"fields\":{", StringComparison.Ordinal) ? 1 : 0;
        }

        trees.ShouldBe(3_000);
    }

    [Fact]
    public void Redact_RealBodyOfAnotherKind_LetsNoCanaryOut()
    {
        string[] kinds = ["Secret", "SecretList", "ConfigMap", "Pod", "PodList", "List", "Status", "DeleteOptions", "APIResourceList", "Table", "WatchEvent", "TokenReview", "Thing"];
        foreach (var name in Objects)
        {
            var raw = RawOf(Golden(name));
            foreach (var wire in kinds.Select(kind => Envelope(kind, raw)))
            {
                Array.ForEach(Targets, target => Check(wire, target, truncated: false, isHeld: !Keyed.Contains(name) || target.StartsWith(Secrets, StringComparison.Ordinal)));
                Check(wire, Secrets, truncated: true);
            }
        }
    }

    [Fact]
    public void Redact_DamagedBody_NeverThrowsNorLetsACanaryOut()
    {
        var random = new Random(11);
        foreach (var name in Objects)
        {
            var wire = OnlyInValues(Golden(name));
            for (var i = 0; i < 4_000; i++)
            {
                // Damage can change the name of a kind or of a variable.
                var target = Targets[i % Targets.Length];
                Check(Damage(wire, random), target, truncated: i % 3 == 0, isHeld: target.StartsWith(Secrets, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Redact_AnyByteOfASecretChanged_LetsNoCanaryOut()
    {
        var wire = OnlyInValues(Golden("secret"));
        for (var at = 0; at < wire.Length; at++)
        {
            var damaged = wire.ToArray();
            for (var bit = 0; bit < 8; bit++)
            {
                damaged[at] = (byte)(wire[at] ^ (1 << bit));
                Check(damaged, Secrets + "/db", truncated: bit % 2 == 0);
            }
        }
    }

    // What damage would have to do: the data in the place of metadata, as any of its fields, or swallowed by it.
    [Fact]
    public void Redact_DataAmongTheMetadata_LetsNoCanaryOut()
    {
        const int Labels = 11, Annotations = 12, Causes = 4;
        var data = Entry("password", "CANARY-data");
        string[] kinds = ["Secret", "Pod", "Thing"];
        foreach (var number in Enumerable.Range(1, 20).Except([Labels, Annotations]))
        {
            foreach (var kind in kinds)
            {
                Check(Envelope(kind, Field(1, Meta("a", Field(number, data)))), Pods, truncated: false);
                Check(Envelope(kind, Field(1, Join(Field(8, ""), Field(number, data)))), Pods, truncated: false);
                Check(Envelope(kind + "List", Field(1, Join(ListMeta("1"), Field(number, data)))), Pods, truncated: false);
                Check(Envelope(kind + "List", Field(1, ListMeta("1")), Field(2, Field(number, data))), Pods, truncated: false);
            }

            Check(Envelope("Secret", Field(number, data)), Pods, truncated: false);
            Check(Envelope("Secret", Field(number, data)), Pods, truncated: true);
            // A cause is two texts, as an entry is, and its message is kept as in JSON.
            Check(Envelope(number == Causes ? "Thing" : "Status", Field(2, "Failure"), Field(4, "Invalid"), Field(5, Field(number, data))), Pods, truncated: false);
        }
    }

    [Fact]
    public void Redact_RandomBytes_NeverThrow()
    {
        var random = new Random(12);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            Check((i % 4) switch
            {
                0 => bytes,
                1 => [.. "k8s\0"u8, .. bytes],
                2 => Envelope("PodList", Field(1, ListMeta("1")), Field(2, Field(1, bytes))),
                _ => Envelope(i % 8 == 3 ? "Pod" : "Status", bytes),
            }, Targets[i % Targets.Length], truncated: i % 5 == 0);
        }
    }

    [Theory]
    [InlineData("POST", "/apis/authentication.k8s.io/v1/tokenreviews", ContentType + ";stream=watch", CallBodyNote.NotCaptured)]
    [InlineData("POST", "/apis/authentication.k8s.io/v1/tokenreviews", ContentType, CallBodyNote.NotCaptured)]
    [InlineData("POST", "/api/v1/namespaces/a/serviceaccounts/b/token", ContentType, CallBodyNote.NotCaptured)]
    [InlineData("POST", "/apis/certificates.k8s.io/v1/certificatesigningrequests", ContentType, CallBodyNote.NotCaptured)]
    public void Redact_ExcludedCall_KeepsNothing(string method, string target, string contentType, CallBodyNote note)
    {
        Send(target, Golden("secret"), contentType: contentType, method: method).Body.ShouldBe(CallBody.None with { Note = note });
        Send(target, Golden("secret"), contentType: contentType, method: method, isRequest: true).Body.ShouldBe(CallBody.None with { Note = note });
    }

    private static void Check(byte[] wire, string target, bool truncated, bool isHeld = true)
    {
        foreach (var isRequest in new[] { true, false })
        {
            var body = Send(target, wire, contentType: ContentType, truncated: truncated, method: isRequest ? "POST" : "GET", isRequest: isRequest);
            var text = body.Text();

            (isHeld && (text.Contains(Canary, StringComparison.Ordinal) || text.Contains(Encoded, StringComparison.Ordinal))).ShouldBeFalse($"{Convert.ToBase64String(wire)}\n=> {text}");
            if (text.Length > 0)
            {
                body.Body.Note.ShouldBeOneOf(CallBodyNote.MetadataOnly, CallBodyNote.Truncated, CallBodyNote.Whole);
                JsonDocument.Parse(text).RootElement.GetProperty("kind").GetString().ShouldNotBeNullOrEmpty();
            }
        }
    }

    private static byte[] Damage(byte[] wire, Random random)
    {
        var bytes = wire.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = random.Next(Math.Min(40, bytes.Count - at));
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                default: bytes.Insert(at, (byte)random.Next(256)); break;
            }
        }

        return [.. bytes];
    }

    // Leaves the canaries that stand in values, and spoils those in annotations: damage can make an annotation that is redacted another one that is not.
    private static byte[] OnlyInValues(byte[] wire)
    {
        var text = Encoding.Latin1.GetString(wire);
        text = text.Replace(Encoded, "........", StringComparison.Ordinal).Replace("CANARY-annotation", "......-annotation", StringComparison.Ordinal);
        foreach (var value in new[] { "CANARY-stringData", "CANARY-config", "CANARY-args", "CANARY-env-8d9e0f", "CANARY-env-2d2e2f" })
        {
            for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0 && at < text.LastIndexOf(value, StringComparison.Ordinal); at = text.IndexOf(value, StringComparison.Ordinal))
            {
                text = text.Remove(at, Canary.Length).Insert(at, "......");
            }
        }

        return Encoding.Latin1.GetBytes(text);
    }

    private static byte[] RawOf(byte[] wire)
    {
        var fields = new Gateway.Redact.Protobuf.ProtobufFields(wire.AsSpan(4));
        while (fields.Next() && fields.Number != 2)
        {
        }

        return fields.Bytes.ToArray();
    }
}
