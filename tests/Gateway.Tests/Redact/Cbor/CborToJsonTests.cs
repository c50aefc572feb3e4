using System.Buffers;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Redact.Cbor;

namespace KubeLens.Gateway.Tests.Redact.Cbor;

public class CborToJsonTests
{
    private const int Limit = 4_096;

    [Theory]
    // {"kind":"Secret"} by byte strings and by text strings, with and without the tag that describes itself
    [InlineData("D9D9F7A1446B696E6446536563726574", """{"kind":"Secret"}""")]
    [InlineData("A1646B696E6466536563726574", """{"kind":"Secret"}""")]
    // bytes that stand for text: base64url, base64, base16
    [InlineData("A14161D543FBFF03", """{"a":"-_8D"}""")]
    [InlineData("A14161D643FBFF03", """{"a":"+/8D"}""")]
    [InlineData("A14161D743FBFF03", """{"a":"fbff03"}""")]
    [InlineData("A14161D640", """{"a":""}""")]
    [InlineData("A14161D9D9F7D64101", """{"a":"AQ=="}""")]
    // numbers: the largest and least there are, half, single and double precision
    [InlineData("83001BFFFFFFFFFFFFFFFF3BFFFFFFFFFFFFFFFF", "[0,18446744073709551615,-18446744073709551616]")]
    [InlineData("8620F93E00F90000FA3FC00000FB3FF199999999999AF93C00", "[-1,1.5,0,1.5,1.1,1]")]
    [InlineData("84F4F5F6F7", "[false,true,null,null]")]
    // indefinite lengths
    [InlineData("BF41619F0102FFFF", """{"a":[1,2]}""")]
    [InlineData("BF5F41614162FF7F61636164FFFF", """{"ab":"cd"}""")]
    [InlineData("D65F41014202035FFF", null)]
    [InlineData("D65F4101420203FF", "\"AQID\"")]
    // a time, tagged or not, is text
    [InlineData("C074323031332D30332D32315432303A30343A30305A", "\"2013-03-21T20:04:00Z\"")]
    // what nobody checked is text with replacements, as the apiserver has it in JSON; twice the same name is for the redactor
    [InlineData("A141FF41FE", "{\"\uFFFD\":\"\uFFFD\"}")]
    [InlineData("A2416101416102", """{"a":1,"a":2}""")]
    [InlineData("A14161420022", "{\"a\":\"\\u0000\\\"\"}")]
    // a sequence
    [InlineData("A0D9D9F7A0D9D9F701", "{}\n{}\n1")]
    // text that is not UTF-8; NaN and infinity; names that are numbers, lists, tagged; big numbers, CBOR in CBOR, a tag with nothing or the wrong thing behind it
    [InlineData("A16161 61FF", null)]
    [InlineData("A161FF01", null)]
    [InlineData("F97E00", null)]
    [InlineData("F97C00", null)]
    [InlineData("FBFFF0000000000000", null)]
    [InlineData("A10101", null)]
    [InlineData("A18001", null)]
    [InlineData("A1D6416101", null)]
    [InlineData("C24101", null)]
    [InlineData("C34101", null)]
    [InlineData("D81843A14161", null)]
    [InlineData("D6", null)]
    [InlineData("D9D9F7", null)]
    [InlineData("D66161", null)]
    [InlineData("D68141FF", null)]
    [InlineData("A14161D6", null)]
    [InlineData("E0", null)]
    [InlineData("F820", null)]
    [InlineData("FF", null)]
    [InlineData("BF4161FF", null)]
    [InlineData("1C", null)]
    // lengths that are not there
    [InlineData("5BFFFFFFFFFFFFFFFF01", null)]
    [InlineData("7B7FFFFFFFFFFFFFFF01", null)]
    [InlineData("9BFFFFFFFFFFFFFFFF01", null)]
    [InlineData("BB7FFFFFFFFFFFFFFF01", null)]
    [InlineData("5A7FFFFFFF01", null)]
    [InlineData("9A7FFFFFFF01", null)]
    [InlineData("BA7FFFFFFF01", null)]
    public void Convert_WholeItem_IsThisJson(string hex, string? json)
    {
        var (note, text) = Run(Hex(hex), isWhole: true);

        note.ShouldBe(json is null ? CallBodyNote.Undecodable : CallBodyNote.Whole);
        (json is null || text == json + "\n").ShouldBeTrue(text);
    }

    [Theory]
    [InlineData("A24161014162", """{"a":1,"b":""")]
    [InlineData("A2416101426263", """{"a":1,"bc":""")]
    [InlineData("A24161014262", """{"a":1""")]
    [InlineData("8241614362", "[\"a\"")]
    [InlineData("824161D6", "[\"a\"")]
    [InlineData("A0A14161", "{}\n{\"a\":")]
    [InlineData("A0D9D9F7", "{}\n")]
    [InlineData("9BFFFFFFFFFFFFFFFF01", null)]
    public void Convert_CutItem_KeepsItsWholeTokens(string hex, string? json)
    {
        var (note, text) = Run(Hex(hex), isWhole: false);

        note.ShouldBe(json is null ? CallBodyNote.Undecodable : CallBodyNote.Truncated);
        (json is null || text == json).ShouldBeTrue(text);
    }

    [Theory]
    [InlineData(256, CallBodyNote.Whole)]
    [InlineData(257, CallBodyNote.Undecodable)]
    [InlineData(100_000, CallBodyNote.Undecodable)]
    public void Convert_DeepItem_IsRefusedBeyondTheJsonReadersDepth(int depth, CallBodyNote note) =>
        Run([.. Enumerable.Repeat((byte)0x81, depth), 0], isWhole: true).Note.ShouldBe(note);

    [Fact]
    public void Convert_MoreThanTheLimit_IsTruncated()
    {
        // One byte each, two in JSON.
        var (note, text) = Run([0x9F, .. new byte[100_000], 0xFF], isWhole: true);

        note.ShouldBe(CallBodyNote.Truncated);
        text.Length.ShouldBeInRange(Limit, Limit + 16);
    }

    [Fact]
    public void Convert_ClaimedLength_IsNotAllocated()
    {
        byte[][] claims = [Hex("5A7FFFFFFF01"), Hex("9A7FFFFFFF01"), Hex("BA3FFFFFFF01"), Hex("7BFFFFFFFFFFFFFFFF01"), Hex("5F5A7FFFFFFF01")];
        Run(claims[0], isWhole: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var claim in claims)
        {
            Run(claim, isWhole: false);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
    }

    private static (CallBodyNote Note, string Text) Run(byte[] cbor, bool isWhole)
    {
        var output = new ArrayBufferWriter<byte>();
        var note = CborToJson.Convert(cbor, isWhole, Limit, output);
        return (note, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static byte[] Hex(string hex) => System.Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
