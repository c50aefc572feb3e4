using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Tests.Redact.Protobuf;
using Microsoft.Extensions.Time.Testing;
using static KubeLens.Gateway.Tests.Capture.Watches.WatchHarness;

namespace KubeLens.Gateway.Tests.Capture.Watches;

public class WatchReaderTests
{
    private static readonly string[] Types = ["ADDED", "MODIFIED", "DELETED", "ADDED", "BOOKMARK", "EXPLODED", "ERROR"];

    public static TheoryData<string, byte[]> Streams => new()
    {
        { Json, Lines(Sample) },
        { Cbor, CborOf(Sample) },
        { Protobuf, [.. Frame("ADDED", Pod("web", "11", ProtobufWire.Field(2, new string('x', 3000)))), .. Frame("MODIFIED", Pod("work", "12")), .. Frame("DELETED", Pod("späti", "13")), .. Frame("ADDED", Pod("row", "14")), .. Frame("BOOKMARK", Pod("", "20")), .. Frame("EXPLODED", []), .. Frame("ERROR", Expired)] },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Events_InAnyPieces_AreCounted(string contentType, byte[] wire)
    {
        for (var size = 1; size <= wire.Length; size++)
        {
            var watch = Read(contentType, wire, size);

            (watch.Added, watch.Modified, watch.Deleted, watch.Bookmarks, watch.Errors, watch.Unknown, watch.Uncounted).ShouldBe((2, 1, 1, 1, 1, 1, ""));
            watch.Total().ShouldBe(7);
            (watch.FirstVersion, watch.LastVersion, watch.BookmarkVersion, watch.ErrorCode, watch.ErrorReason).ShouldBe(("11", "20", "20", 410, "Expired"));
            watch.Events.Select(e => e.Type).ShouldBe(Types);
            watch.Events.Select(e => e.Name).ShouldBe(["web", "work", "späti", "row", "", "", ""]);
            watch.Events.Take(4).Select(e => e.ResourceVersion).ShouldBe(["11", "12", "13", "14"]);
            watch.Events.Sum(e => e.Bytes).ShouldBe(wire.Length - (7 * (contentType == Json ? 1 : contentType == Protobuf ? 4 : 0)));
            (watch.AddedBytes, watch.ErrorBytes).ShouldBe((watch.Events[0].Bytes + watch.Events[3].Bytes, watch.Events[6].Bytes));
        }
    }

    [Theory]
    [InlineData(Json, "json")]
    [InlineData("", "json")]
    [InlineData(Json + ";as=Table;v=v1;g=meta.k8s.io;stream=watch", "json")]
    [InlineData(Protobuf, "protobuf")]
    [InlineData(Cbor, "cbor")]
    public void Encoding_IsThatOfTheAnswer(string contentType, string expected)
    {
        var watch = Read(contentType, [], 1);

        (watch.Encoding, watch.Uncounted, watch.Total(), watch.FirstUs).ShouldBe((expected, "", 0, null));
    }

    [Fact]
    public void Texts_ThatHoldCredentials_AreNotKept()
    {
        const string Token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";
        var line = """{"type":"T","object":{"metadata":{"name":"T","namespace":"T","resourceVersion":"T"}}}""" + "\n"
            + """{"type":"ERROR","object":{"kind":"Status","reason":"T","code":410}}""" + "\n";

        var watch = Read(Json, Encoding.UTF8.GetBytes(line.Replace("\"T\"", $"\"{Token}\"", StringComparison.Ordinal)), 7);

        watch.Total().ShouldBe(2);
        watch.Events[0].ShouldBe(new CallWatchEvent("<redacted>", "<redacted>", "<redacted>", "<redacted>", watch.Events[0].Bytes, watch.Events[0].AtUs));
        (watch.FirstVersion, watch.LastVersion, watch.ErrorReason).ShouldBe(("<redacted>", "<redacted>", "<redacted>"));
    }

    [Fact]
    public void Answer_OfAnotherType_IsNotCounted()
    {
        var watch = Read("text/html", Lines(Sample), 100);

        (watch.Encoding, watch.Total(), watch.Uncounted).ShouldBe(("other", 0, "its media type is unknown"));
    }

    [Fact]
    public void Answer_WithAContentEncoding_IsNotCounted()
    {
        using var watch = Start(Json, encoding: "gzip");
        watch.Append(Lines(Sample));

        (watch.Describe().Total(), watch.Describe().Uncounted).ShouldBe((0, "its content is encoded"));
    }

    [Theory]
    [InlineData(Json, "{\"type\":\"ADDED\"}\n[]", "what follows an event is no JSON object")]
    [InlineData(Json, "{\"type\":\"ADDED\"}x", "what follows an event is no JSON object")]
    [InlineData(Json, "{\"type\":\"ADDED\"} {\"type\":\"ADDED\"", "it ended within an event")]
    [InlineData(Cbor, "\u00a1\u0064type\u0065ADDED\u0001", "what follows an event is no CBOR map")]
    [InlineData(Cbor, "\u00a1\u0064type\u0065ADDED\u00a1\u00ff\u00ff", "an event is no CBOR")]
    [InlineData(Protobuf, "\u0000\u0000\u0000\u0007\u000a\u0005ADDED\u0000\u0000\u0000\u0001\u000f", "a frame is no watch event")]
    [InlineData(Protobuf, "\u0000\u0000\u0000\u0007\u000a\u0005ADDED\u0000\u0000", "it ended within an event")]
    public void BrokenStream_IsCountedUpToThere(string contentType, string wire, string expected)
    {
        var watch = Read(contentType, Encoding.Latin1.GetBytes(wire), wire.Length);

        watch.Added.ShouldBe(1);
        watch.Uncounted.ShouldBe(expected);
    }

    [Fact]
    public void Cbor_OfUnknownLength_IsCounted()
    {
        // {_ "object": {_ "metadata": {"name": (_ "we" "b")}}, "type": "ADDED"}: a name in pieces is not read.
        byte[] wire = [0xbf, 0x66, .. "object"u8, 0xbf, 0x68, .. "metadata"u8, 0xa1, 0x64, .. "name"u8, 0x7f, 0x62, .. "we"u8, 0x61, .. "b"u8, 0xff, 0xff, 0x64, .. "type"u8, 0x65, .. "ADDED"u8, 0xff];

        var watch = Read(Cbor, [.. wire, .. wire], 1);
        (watch.Added, watch.AddedBytes, watch.Uncounted, watch.Events[0].Name).ShouldBe((2, 2L * wire.Length, "", ""));
    }

    [Fact]
    public void Event_OfManyMegabytes_IsReadWithoutKeepingIt()
    {
        var wire = Lines($$$$"""{"type":"ADDED","object":{"metadata":{"annotations":{"a":"{{{{new string('x', 8 * 1024 * 1024)}}}}"},"name":"big","resourceVersion":"9"}}}""");
        using var watch = Start(Json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        watch.Feed(wire, 16 * 1024);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 * 1024);

        var read = watch.Describe();
        (read.Events[0].Name, read.Events[0].ResourceVersion, read.AddedBytes).ShouldBe(("big", "9", wire.Length - 1));
    }

    [Fact]
    public void Text_ThatIsLong_IsCutToWholeCharacters()
    {
        var longest = new string('x', CallWatch.MaxText - 1);
        var watch = Read(Json, Lines($$$$"""{"type":"{{{{longest}}}}","object":{"metadata":{"name":"{{{{longest}}}}🙂y","resourceVersion":"{{{{longest}}}}\ud83d\ude42"}}}"""), 7);

        (watch.Events[0].Name, watch.Events[0].ResourceVersion, watch.Events[0].Type.Length).ShouldBe((longest, longest, 32));
    }

    [Fact]
    public void Events_BeyondTheFirst_AreCountedOnly()
    {
        var watch = Read(Json, Lines(Sample), 1000, most: 2);

        (watch.Total(), watch.Events.Count, watch.LastVersion).ShouldBe((7, 2, "20"));
    }

    [Fact]
    public void Events_WhereNoBodyMayBeKept_AreCountedOnly()
    {
        using var watch = Start(Json, keepsEvents: false);
        watch.Append(Lines(Sample));

        (watch.Describe().Total(), watch.Describe().Events.Count).ShouldBe((7, 0));
    }

    [Fact]
    public void Times_AreSinceTheCallsStart()
    {
        var clock = new FakeTimeProvider();
        using var watch = Start(Json, clock: clock);
        clock.Advance(TimeSpan.FromSeconds(1));
        watch.Append(Lines(Sample[..1]));
        clock.Advance(TimeSpan.FromSeconds(2));
        watch.Append(Lines(Sample[1..2]));

        var read = watch.Describe();
        (read.FirstUs, read.LastUs).ShouldBe((1_000_000, 3_000_000));
        read.Events.Select(e => e.AtUs).ShouldBe([1_000_000, 3_000_000]);
    }

    [Fact]
    public void Memory_OfKeptEvents_IsTakenFromTheBudgetAndGivenBack()
    {
        var budget = Budget();
        var watch = Start(Json, budget: budget);
        watch.Append(Lines(Sample));
        budget.Taken.ShouldBeGreaterThan(0);

        watch.Dispose();
        budget.Taken.ShouldBe(0);
    }

    [Fact]
    public void Events_WithoutMemory_AreCountedOnly()
    {
        using var watch = Start(Json, budget: Budget(bytes: 1));
        watch.Append(Lines(Sample));

        (watch.Describe().Total(), watch.Describe().Events.Count).ShouldBe((7, 0));
    }
}
