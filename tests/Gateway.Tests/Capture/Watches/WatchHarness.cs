using System.Net.Http.Headers;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Capture.Watches;
using KubeLens.Gateway.Tests.Redact.Protobuf;
using KubeLens.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;

namespace KubeLens.Gateway.Tests.Capture.Watches;

/// <summary>Watches without a gateway around them.</summary>
internal static class WatchHarness
{
    public const string Json = "application/json", Protobuf = ProtobufWire.ContentType + ";stream=watch", Cbor = CborWire.Sequence;

    /// <summary>One of each type, as an apiserver sends them.</summary>
    public static readonly string[] Sample =
    [
        """{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","uid":"u","resourceVersion":"11","labels":{"name":"not-it"}},"spec":{"code":7,"name":"no","rows":[{"object":{"metadata":{"name":"no"}}}]}}}""",
        """{"type":"MODIFIED","object":{"apiVersion":"x.io/v1","data":{"type":"x","metadata":{"name":"no"}},"kind":"Work","metadata":{"annotations":{"a":"{\"metadata\":{\"name\":\"no\"}} \\"},"name":"w\u006frk","namespace":"shop","resourceVersion":"12"},"spec":[1,-2.5e3,true,null,[]]}}""",
        """{"object":{"metadata":{"resourceVersion":"13","namespace":"läden","name":"späti"},"kind":"Pod"},"type":"DELETED"}""",
        """{"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"14"},"columnDefinitions":[{"name":"Name"}],"rows":[{"cells":["web","1/1"],"object":{"kind":"PartialObjectMetadata","metadata":{"name":"row","namespace":"shop","resourceVersion":"14"}}}]}}""",
        """{"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"20","creationTimestamp":null}}}""",
        """{"type":"EXPLODED","object":{}}""",
        """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (20)","reason":"Expired","code":410}}""",
    ];

    public static CaptureBudget Budget(long bytes = 128 * 1024 * 1024) => new(Options.Create(new CaptureOptions { BufferBytes = bytes }));

    public static Watch Start(string contentType, int most = 100, CaptureBudget? budget = null, FakeTimeProvider? clock = null, string encoding = "", bool keepsEvents = true)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = contentType.Length > 0 ? MediaTypeHeaderValue.Parse(contentType) : null;
        if (encoding.Length > 0)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        clock ??= new FakeTimeProvider();
        return new WatchOpener(budget ?? Budget(), Options.Create(new CaptureOptions { WatchEvents = most }), clock).Open(content.Headers, clock.GetTimestamp(), keepsEvents);
    }

    /// <summary>The whole of it, in pieces of this size.</summary>
    public static CallWatch Read(string contentType, byte[] wire, int size, int most = 100)
    {
        using var watch = Start(contentType, most);
        watch.Feed(wire, size);
        return watch.Describe();
    }

    public static void Feed(this Watch watch, ReadOnlySpan<byte> wire, int size)
    {
        for (; !wire.IsEmpty; wire = wire[Math.Min(size, wire.Length)..])
        {
            watch.Append(wire[..Math.Min(size, wire.Length)]);
        }
    }

    public static byte[] Lines(params IEnumerable<string> events) => Encoding.UTF8.GetBytes(string.Concat(events.Select(e => e + "\n")));

    /// <summary>The same events in CBOR, each in its own order of keys.</summary>
    public static byte[] CborOf(params IEnumerable<string> events) => CborWire.FromJson(string.Join('\n', events));

    /// <summary>An event of a frame.</summary>
    public static byte[] Frame(string type, byte[] envelope)
    {
        var content = Join(Field(1, type), Field(2, Field(1, envelope)));
        return [(byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];
    }

    public static byte[] Pod(string name, string version, params byte[][] more) => Envelope("Pod", [Field(1, Meta(name, Field(6, version))), .. more]);

    public static byte[] Expired { get; } = Envelope("Status", Field(1, ListMeta("")), Field(2, "Failure"), Field(3, "too old resource version: 1 (20)"), Field(4, "Expired"), Field(6, 410));
}
