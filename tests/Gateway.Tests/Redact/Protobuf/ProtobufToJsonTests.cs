using System.Buffers;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Redact.Protobuf;
using static KubeLens.Gateway.Tests.Redact.Protobuf.ProtobufWire;

namespace KubeLens.Gateway.Tests.Redact.Protobuf;

public class ProtobufToJsonTests
{
    private const string OnlyPod = """{"kind":"Pod","apiVersion":"v1"}""";

    [Fact]
    public void Convert_EveryFieldOfMetadata_IsNamed()
    {
        var meta = Meta("web", Field(4, "/self"), Field(7, 3), Field(11, Entry("a", "b")), Field(9, Field(1, 1_700_000_000)), Field(10, 0), Field(14, "f1"), Field(11, Entry("é", "")), Field(14, ""), Field(17, "\0\u0001"));

        Convert(Envelope("Pod", Field(1, meta), Field(2, "spec"))).ShouldBe((CallBodyNote.MetadataOnly,
            """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","generation":3,"deletionTimestamp":"2023-11-14T22:13:20Z","deletionGracePeriodSeconds":0,"labels":{"a":"b","é":""},"finalizers":["f1",""]}}"""));
    }

    [Fact]
    public void Convert_DeleteOptions_AreWhole() =>
        Convert(Envelope("DeleteOptions", Field(1, 0), Field(2, Field(1, "u1")), Field(3, 1), Field(4, "Foreground"), Field(5, "All")), isRequest: true).ShouldBe((CallBodyNote.Whole,
            """{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"preconditions":{"uid":"u1"},"orphanDependents":true,"propagationPolicy":"Foreground","dryRun":["All"]}"""));

    [Fact]
    public void Convert_StatusWithCauses_IsWhole() =>
        Convert(Envelope("Status", Field(2, "Failure"), Field(3, "no\nway"), Field(4, "Invalid"), Field(5, Join(Field(4, Join(Field(1, "Required"), Field(2, "m"), Field(3, "spec.x"))), Field(5, 2))), Field(6, 422))).ShouldBe((CallBodyNote.Whole,
            """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"no\nway","reason":"Invalid","details":{"causes":[{"reason":"Required","message":"m","field":"spec.x"}],"retryAfterSeconds":2},"code":422}"""));

    [Fact]
    public void Convert_List_KeepsOfEachItemWhatFits() =>
        Convert(Envelope("SecretList", Field(1, ListMeta("7")), Field(2, Field(1, Meta("a"))), Field(2, Field(1, "CANARY")), Field(2, ""), Field(2, Join(Field(2, "CANARY"), Field(1, Meta("b")))))).ShouldBe((CallBodyNote.MetadataOnly,
            """{"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{"kind":"Secret","metadata":{"name":"a","namespace":"shop"}},{"kind":"Secret"},{"kind":"Secret"},{"kind":"Secret","metadata":{"name":"b","namespace":"shop"}}]}"""));

    public static TheoryData<string, byte[]> OtherMetadata => new()
    {
        { "text", Field(1, "a secret") },
        { "a number", Field(1, 30) },
        { "two of them", Join(Field(1, Meta("a")), Field(1, Meta("b"))) },
        { "a name twice", Field(1, Meta("a", Field(1, "b"))) },
        { "an unknown field", Field(1, Meta("a", Field(18, "x"))) },
        { "a known field of another type", Field(1, Meta("a", Field(5, 1))) },
        { "a message in the place of a name", Field(1, Join(Field(1, Entry("k", "v")), Field(8, ""))) },
        { "no Unicode", Field(1, Meta("a", Field(12, Join(Field(1, "k"), Field(2, [0xFF]))))) },
        { "not written by Kubernetes", Field(1, Join(Field(1, "key"), Field(2, "value"))) },
        { "a year beyond years", Field(1, Join(Field(1, "a"), Field(8, Field(1, long.MaxValue)))) },
        { "an entry with three parts", Field(1, Meta("a", Field(11, Join(Entry("a", "b"), Field(3, "c"))))) },
        { "a flag of 2", Field(1, Meta("a", Field(13, Field(6, 2)))) },
        { "rubbish after it", Join(Field(1, Meta("a")), [0x0F]) },
        { "an end within a field", Join(Field(1, Meta("a")), [0x12, 0x7F, 1]) },
        { "an endless number", Join(Field(1, Meta("a")), [0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]) },
        { "field 0", Join(Field(1, Meta("a")), [0x02, 0]) },
        { "none", [] },
    };

    [Theory]
    [MemberData(nameof(OtherMetadata))]
    public void Convert_FieldThatIsNoMetadata_KeepsTheTypeOnly(string what, byte[] raw) =>
        Convert(Envelope("Pod", raw)).ShouldBe((CallBodyNote.MetadataOnly, OnlyPod), what);

    [Theory]
    [InlineData("APIResourceList", """{"kind":"APIResourceList","apiVersion":"v1"}""")]
    [InlineData("Status", """{"kind":"Status","apiVersion":"v1"}""")]
    [InlineData("DeleteOptions", """{"kind":"DeleteOptions","apiVersion":"v1"}""")]
    public void Convert_KindThatIsNotWhatItSays_KeepsTheTypeOnly(string kind, string kept)
    {
        var wire = Envelope(kind, Field(1, "v1"), Field(2, Field(1, "pods")));

        Convert(wire, isRequest: kind == "DeleteOptions").ShouldBe((CallBodyNote.MetadataOnly, kept));
    }

    [Fact]
    public void Convert_ListOfAnything_HasNoItems() =>
        Convert(Envelope("List", Field(1, ListMeta("7")), Field(2, Field(1, """{"kind":"Secret"}""")))).ShouldBe((CallBodyNote.MetadataOnly, """{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"7"}}"""));

    [Fact]
    public void Convert_PackedObject_KeepsTheTypeOnly()
    {
        byte[] wire = [.. "k8s\0"u8, .. Field(1, Join(Field(1, "v1"), Field(2, "Pod"))), .. Field(2, Field(1, Meta("a")))];

        Convert([.. wire, .. Field(3, "gzip")]).ShouldBe((CallBodyNote.MetadataOnly, OnlyPod));
        Convert([.. wire, .. Field(4, "application/json")]).ShouldBe((CallBodyNote.MetadataOnly, OnlyPod));
        Convert([.. wire, .. Field(4, ContentType)]).Json.ShouldContain("\"name\":\"a\"");
    }

    [Theory]
    [InlineData("Table")]
    [InlineData("WatchEvent")]
    [InlineData("Po d")]
    [InlineData("")]
    [InlineData("Kubernetes0123456789012345678901234567890123456789012345678901234")]
    public void Convert_OtherKind_IsUnsupported(string kind) =>
        Convert(Envelope(kind, Field(1, Meta("a")))).ShouldBe((CallBodyNote.UnsupportedType, ""));

    [Fact]
    public void Convert_DoubledEnvelopeField_IsUnsupported()
    {
        Convert([.. Envelope("Pod", Field(1, Meta("a"))), .. Field(1, Field(2, "Secret"))]).ShouldBe((CallBodyNote.UnsupportedType, ""));
        Convert([.. Envelope("Pod", Field(1, Meta("a"))), .. Field(2, Field(1, Meta("b")))]).ShouldBe((CallBodyNote.UnsupportedType, ""));
    }

    [Fact]
    public void Convert_VeryManyItems_StopsAtTheLimit()
    {
        var wire = Envelope("SecretList", [Field(1, ListMeta("7")), .. Enumerable.Repeat(Field(2, ""), 100_000)]);

        var (note, json) = Convert(wire, limit: 10_000);

        note.ShouldBe(CallBodyNote.Truncated);
        json.Length.ShouldBeLessThan(10_100);
        json.ShouldEndWith("]}");
    }

    private static (CallBodyNote Note, string Json) Convert(byte[] wire, bool isRequest = false, int limit = 100_000)
    {
        var json = new ArrayBufferWriter<byte>();
        var note = ProtobufToJson.Convert(wire, isWhole: true, isRequest, limit, json);
        return (note, Encoding.UTF8.GetString(json.WrittenSpan));
    }
}
