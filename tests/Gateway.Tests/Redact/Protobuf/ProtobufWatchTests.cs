using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using KubeLens.Gateway.Redact.Protobuf;
using KubeLens.Gateway.Tests.Capture.Watches;
using static KubeLens.Gateway.Tests.Capture.Watches.WatchHarness;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact.Protobuf;

/// <summary>Watches in protobuf are kept as watches in JSON are, and let no more out, however they end.</summary>
public class ProtobufWatchTests
{
    private const string Target = RedactHarness.Pods + "?watch=1";
    private const string Web = """{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","resourceVersion":"1"},"fields":{"2":"spec"}}}""";
    private const string Gone = """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (20)","reason":"Expired","code":410}}""";

    private const string WebMeta = """{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","resourceVersion":"1"}}}""";

    // Of the first frame: the spec, and two empty fields of the envelope.
    private const int AfterMetadata = 10, AfterSpec = 4;

    private static readonly byte[] First = Frame("ADDED", Pod("web", "1", Field(2, "spec"))), Second = Frame("ERROR", Expired);

    [Fact]
    public void Redact_Events_AreOneALine()
    {
        var body = Keep([.. First, .. Second]);

        body.Body.Note.ShouldBe(CallBodyNote.MetadataOnly);
        body.Text().ShouldBe(Web + "\n" + Gone);
    }

    [Fact]
    public void Redact_EventsInGzip_AreTheSame() =>
        Send(Target, Gzip([.. First, .. Second]), contentType: WatchHarness.Protobuf, encoding: "gzip").Text().ShouldBe(Keep([.. First, .. Second]).Text());

    [Fact]
    public void Redact_OnlyAnError_IsWhole() => Keep(Second).Body.Note.ShouldBe(CallBodyNote.Whole);

    [Fact]
    public void Redact_CutAnywhere_KeepsWhatIsThere()
    {
        byte[] wire = [.. First, .. Second];
        for (var length = 1; length < wire.Length; length++)
        {
            var body = Keep(wire[..length]);

            body.Body.Note.ShouldBe(length == First.Length ? CallBodyNote.MetadataOnly : CallBodyNote.Truncated, $"{length}");
            body.Text().StartsWith(length >= First.Length - AfterSpec ? Web : WebMeta, StringComparison.Ordinal).ShouldBe(length >= First.Length - AfterMetadata, $"{length}: {body.Text()}");
        }

        Keep(First, truncated: true).Body.Note.ShouldBe(CallBodyNote.Truncated);
    }

    [Fact]
    public void Redact_SecretAndConfigMap_KeepTheirMetadata()
    {
        foreach (var name in new[] { "secret", "configmap" })
        {
            var alone = Send(RedactHarness.Pods, Golden(name), contentType: ContentType).Text();
            var events = Keep([.. Frame("MODIFIED", Golden(name)), .. First]).Text();

            Regex.Replace(events, "sha-[0-9a-f]{12}", "§").ShouldBe(Regex.Replace($$"""{"type":"MODIFIED","object":{{alone}}}""", "sha-[0-9a-f]{12}", "§") + "\n" + Web);
        }
    }

    public static TheoryData<string, byte[]> NoEvents => new()
    {
        { "nothing in it", [0, 0, 0, 0] },
        { "no frame", [.. "k8s\0"u8, .. Field(1, "x")] },
        { "another type", Frame("CANARY", Pod("web", "1")) },
        { "no type", Framed(Field(2, Field(1, Pod("web", "1")))) },
        { "two types", Framed(Field(1, "ADDED"), Field(1, "ADDED")) },
        { "two objects", Framed(Field(1, "ADDED"), Field(2, Field(1, Pod("a", "1"))), Field(2, Field(1, Pod("b", "1")))) },
        { "two raws", Framed(Field(1, "ADDED"), Field(2, Join(Field(1, Pod("a", "1")), Field(1, Pod("b", "1"))))) },
        { "another field", Framed(Field(1, "ADDED"), Field(3, "x")) },
        { "an object that ends too late", Framed(Field(1, "ADDED"), [0x12, 0x7F, 1]) },
    };

    [Theory]
    [MemberData(nameof(NoEvents))]
    public void Redact_FrameThatIsNoEvent_IsNotKept(string what, byte[] wire)
    {
        Keep(wire).Body.ShouldBe(CallBody.None with { Note = CallBodyNote.Undecodable }, what);
        var after = Keep([.. First, .. wire]);
        (after.Body.Note, after.Text()).ShouldBe((CallBodyNote.Truncated, Web), what);
    }

    [Fact]
    public void Redact_ObjectOfUnknownFormat_KeepsTheTypeOfTheEvent() =>
        Keep([.. Frame("ADDED", "{\"kind\":\"CANARY\"}"u8.ToArray()), .. Frame("DELETED", Envelope("Table", Field(1, "CANARY")))]).Text().ShouldBe("{\"type\":\"ADDED\"}\n{\"type\":\"DELETED\"}");

    [Fact]
    public void Convert_MoreThanTheLimit_EndsAfterAWholeEvent()
    {
        var json = new ArrayBufferWriter<byte>();

        WatchToJson.Convert([.. Enumerable.Repeat(First, 1_000).SelectMany(f => f)], 1_000, json).ShouldBe(CallBodyNote.Truncated);

        json.WrittenCount.ShouldBeLessThan(1_000 + WebMeta.Length + 1);
        Encoding.UTF8.GetString(json.WrittenSpan).ShouldEndWith(WebMeta + "\n");
    }

    // Where the bytes are less than half of the limit all is tried at once, and may turn out to be too much.
    [Fact]
    public void Redact_AtAnyLimit_IsAsWithoutOrSaysThatItIsCut()
    {
        const int Events = 40;
        var numbers = Field(2, Join([.. Enumerable.Range(1, 20).Select(number => Field(number, 0))]));
        byte[] wire = [.. Enumerable.Range(0, Events).SelectMany(i => Frame("ADDED", Pod($"web-{i}", "1", numbers)))];
        var whole = KeepWithin(1_000_000);
        var wholeOnes = 0;
        for (var limit = 5_500; limit < 20_000; limit += 61)
        {
            var text = KeepWithin(limit);
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var isWhole = lines.All(line => line.Contains("\"fields\"", StringComparison.Ordinal) && !line.Contains("\"cut\"", StringComparison.Ordinal));

            lines.Length.ShouldBe(Events, $"{limit}");
            (text == whole).ShouldBe(isWhole, $"{limit}");
            wholeOnes += isWhole ? 1 : 0;
        }

        wholeOnes.ShouldBeInRange(50, 250);

        string KeepWithin(int limit) =>
            Create(new() { MaxBodyBytes = limit }).Redact(new BodyContext(RequestInfoParser.Parse("GET", Target), "GET", false, 200, WatchHarness.Protobuf, ""), new ReadOnlySequence<byte>(wire), truncated: false).Text();
    }

    [Fact]
    public void Redact_Request_IsNotKept() =>
        Send(Target, First, contentType: WatchHarness.Protobuf, method: "POST", isRequest: true).Body.ShouldBe(CallBody.None with { Note = CallBodyNote.UnsupportedType });

    [Fact]
    public void Redact_RealObjectsCutAnywhere_LetNoCanaryOut()
    {
        foreach (var name in new[] { "secret", "configmap", "pod", "podlist", "deployment", "secret-create" })
        {
            byte[] wire = [.. Frame("ADDED", Golden(name)), .. Frame("DELETED", Golden(name))];
            for (var length = 0; length < wire.Length; length++)
            {
                var text = Send(length % 2 == 0 ? Target : Secrets + "?watch=1", wire[..length], contentType: WatchHarness.Protobuf, truncated: length % 3 == 0).Text();

                (text.Contains("CANARY", StringComparison.Ordinal) || text.Contains("Q0FOQVJZ", StringComparison.Ordinal)).ShouldBeFalse($"{name} {length}: {text}");
            }
        }
    }

    private static RedactedBody Keep(byte[] wire, bool truncated = false) => Send(Target, wire, contentType: WatchHarness.Protobuf, truncated: truncated);

    private static byte[] Framed(params byte[][] content)
    {
        var all = Join(content);
        return [0, 0, (byte)(all.Length >> 8), (byte)all.Length, .. all];
    }
}
