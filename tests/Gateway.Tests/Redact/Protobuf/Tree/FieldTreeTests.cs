using System.Buffers;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact.Protobuf.Tree;

/// <summary>The shape of a tree: which field is written how.</summary>
public class FieldTreeTests
{
    private static readonly string Long = new('x', 40);

    public static TheoryData<string, byte[], string> Shapes => new()
    {
        { "a number", Field(2, 7), """{"2":7}""" },
        { "a number below 0", Field(2, -1), """{"2":-1}""" },
        { "a number of 64 bits", [0x11, .. BitConverter.GetBytes(1.5)], """{"2":1.5}""" },
        { "a number that JSON has not", [0x11, .. BitConverter.GetBytes(double.NaN)], $$"""{"2":{{BitConverter.DoubleToUInt64Bits(double.NaN)}}}""" },
        { "a number of 32 bits", [0x15, .. BitConverter.GetBytes(0.5f)], """{"2":0.5}""" },
        { "text", Field(2, "né\t\"w\"\n"), """{"2":"né\t\"w\"\n"}""" },
        { "nothing", Field(2, ""), """{"2":""}""" },
        { "a message", Field(2, Join(Field(1, "a"), Field(3, Field(1, 2)))), """{"2":{"1":"a","3":{"1":2}}}""" },
        { "many", Join(Field(3, "a"), Field(2, 1), Field(3, Field(1, "c")), Field(3, "b")), """{"2":1,"3":["a",{"1":"c"},"b"]}""" },
        { "numbers in any order", Join(Field(12, 1), Field(2, 2)), """{"2":2,"12":1}""" },
        { "bytes", Field(2, [0xFF, 0xFE, 0]), """{"2":{"bytes":3}}""" },
        { "text that no terminal shows", Field(2, "a\u0002b"), """{"2":{"bytes":3}}""" },
        { "text that would be a message", Field(2, "80"), """{"2":"80"}""" },
        { "a message that would be text", Field(2, Field(1, Long)), $$$$"""{"2":{"1":"{{{{Long}}}}"}}""" },
        { "JSON", Field(2, Field(1, """ {"a":[1,{"b":null}]} """)), """{"2":{"1":{"a":[1,{"b":null}]}}}""" },
        { "what only looks like JSON", Field(2, "{{ .Name }}"), """{"2":"{{ .Name }}"}""" },
        { "JSON that ends too early", Field(2, "[1,2"), """{"2":"[1,2"}""" },
        { "JSON with half a character", Field(2, """["\ud800"]"""), """{"2":{"bytes":10}}""" },
        { "JSON that is too deep", Field(2, new string('[', 65) + new string(']', 65)), """{"2":{"bytes":130}}""" },
        { "metadata only", [], "" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Redact_Field_IsWrittenByWhatItIs(string what, byte[] fields, string tree) => TreeText.OfPod(fields).ShouldBe(tree, what);

    [Fact]
    public void Redact_MessagesInMessages_EndWhereTheyAreTooDeep()
    {
        var wire = Field(3, 1);
        for (var i = 0; i < 70; i++)
        {
            wire = Field(2, wire);
        }

        var tree = TreeText.OfPod(wire);

        tree.ShouldStartWith("""{"2":{"2":{"2":""");
        tree.ShouldContain("{\"bytes\":");
        tree.Count(c => c == '{').ShouldBe(66);
    }

    [Fact]
    public void Redact_ObjectWhoseMetadataIsNone_HasNoTree() =>
        Send(Pods, Envelope("Pod", Field(1, "web"), Field(2, "spec")), contentType: ContentType).Text().ShouldBe("""{"kind":"Pod","apiVersion":"v1"}""");

    [Fact]
    public void Redact_CutObject_HasNoTree() =>
        Send(Pods, Envelope("Pod", Field(1, Meta("web")), Field(2, "spec"), Field(3, Long))[..^10], contentType: ContentType, truncated: true).Text().ShouldNotContain("fields");

    // Where the bytes are less than half of the limit all is tried at once, and may turn out to be too much.
    [Theory]
    [InlineData(4_000, false)]
    [InlineData(6_000, true)]
    public void Redact_MoreThanTheLimit_KeepsAllMetadataAndSaysWhereTheTreeEnds(int limit, bool atOnce)
    {
        const int Items = 40;
        var wire = ListOf(Items);
        (wire.Length <= limit / 2).ShouldBe(atOnce, $"{wire.Length} bytes");

        var body = Keep(wire, limit);

        (body.Body.Note, body.Head.Items).ShouldBe((CallBodyNote.MetadataOnly, Items));
        body.Body.Content.Length.ShouldBeLessThanOrEqualTo(limit);
        var kept = Trees(body);
        kept[0].ShouldBe($"{{\"2\":{{{string.Join(',', Enumerable.Range(1, 20).Select(number => $"\"{number}\":0"))}}}}}");
        kept.Count(IsCut).ShouldBe(1);
        kept.Last().ShouldBe("");
    }

    [Fact]
    public void Redact_AtAnyLimit_IsAsWithoutOrSaysThatItIsCut()
    {
        var wire = ListOf(40);
        var whole = Keep(wire, 1_000_000);
        Trees(whole).ShouldNotContain(tree => IsCut(tree) || tree.Length == 0);
        var wholeOnes = 0;
        for (var limit = 3_000; limit < 16_000; limit += 37)
        {
            var body = Keep(wire, limit);
            var isWhole = !Trees(body).Exists(tree => IsCut(tree) || tree.Length == 0);

            body.Head.Items.ShouldBe(40, $"{limit}");
            body.Body.Content.Span.SequenceEqual(whole.Body.Content.Span).ShouldBe(isWhole, $"{limit}");
            wholeOnes += isWhole ? 1 : 0;
        }

        wholeOnes.ShouldBeInRange(50, 300);
    }

    public static TheoryData<string, byte[]> Large => new()
    {
        { "as many numbers as there may be", Join([.. Enumerable.Range(0, 80_000).Select(i => Field((i % 1_900) + 2, i % 100))]) },
        { "as many messages", Field(2, Join([.. Enumerable.Repeat(Field(1, Field(1, 1)), 50_000)])) },
        { "text that is no JSON", Field(2, Join([.. Enumerable.Repeat(Field(3, "[x]"), 40_000)])) },
        { "one message in the other, each full", Nest(60, 4_000) },
        { "text that could be messages", Field(2, Join([.. Enumerable.Repeat(Field(3, "\n\tAPI_CHECK0\u0030"), 15_000)])) },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public void Redact_LargestOfItsKind_IsKeptWithinTheLimit(string what, byte[] fields)
    {
        var body = TreeText.Keep("Pod", Pods, fields);

        body.Body.Note.ShouldBe(CallBodyNote.MetadataOnly, what);
        body.Body.Content.Length.ShouldBeInRange(100_000, new RedactOptions().MaxBodyBytes, what);
        Encoding.UTF8.GetString(body.Body.Content.Span).ShouldContain("\"name\":\"web\"", Case.Sensitive, what);
    }

    private static byte[] ListOf(int items) => Envelope(
        "PodList",
        [Field(1, ListMeta("7")), .. Enumerable.Range(0, items).Select(i => Field(2, Join(Field(1, Meta($"pod-{i}")), Field(2, Join([.. Enumerable.Range(1, 20).Select(number => Field(number, 0))])))))]);

    private static RedactedBody Keep(byte[] wire, int limit) =>
        Create(new() { MaxBodyBytes = limit }).Redact(new BodyContext(RequestInfoParser.Parse("GET", Pods), "GET", false, 200, ContentType, ""), new ReadOnlySequence<byte>(wire), truncated: false);

    private static List<string> Trees(RedactedBody body) =>
        [.. JsonDocument.Parse(body.Body.Content).RootElement.GetProperty("items").EnumerateArray().Select(item => item.TryGetProperty("fields", out var fields) ? fields.GetRawText() : "")];

    private static bool IsCut(string tree) => tree.Contains("\"cut\":true", StringComparison.Ordinal);

    private static byte[] Nest(int depth, int each)
    {
        var wire = Array.Empty<byte>();
        for (var i = 0; i < depth; i++)
        {
            wire = Field(2, Join(Field(3, new string('y', each)), wire));
        }

        return wire;
    }
}
