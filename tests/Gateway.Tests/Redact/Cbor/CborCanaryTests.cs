using KubeLens.Contracts.Calls;
using KubeLens.Testing;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact.Cbor;

/// <summary>Secret values never come out of CBOR, nor does anything in it throw, however it is shaped, cut or made up.</summary>
public class CborCanaryTests
{
    private const int Rounds = 40;

    [Theory]
    [InlineData("object")]
    [InlineData("list")]
    [InlineData("mixed")]
    [InlineData("table")]
    [InlineData("watch")]
    [InlineData("patch")]
    [InlineData("merge")]
    [InlineData("embedded")]
    public void Redact_RandomBodyCutAnywhere_LetsNoCanaryOut(string shape)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var body = new CanaryBody(seed);
            var (method, target, json) = body.Make(shape);
            var wire = CborWire.FromJson(json);
            var contentType = shape == "watch" ? CborWire.Sequence : CborWire.ContentType;

            var whole = Send(target, wire, contentType: contentType, method: method, isRequest: method != "GET");
            whole.Body.Note.ShouldBe(CallBodyNote.Whole, json);
            whole.Body.RedactedValues.ShouldBeGreaterThan(0, json);
            body.Assert(whole, json);
            body.Assert(Send(target, Gzip(wire), contentType: contentType, encoding: "gzip", method: method, isRequest: method != "GET"), json);

            for (var cut = seed % 7; cut < wire.Length; cut += seed < 5 ? 1 : 7)
            {
                var part = Send(target, wire[..cut], contentType: contentType, method: method, isRequest: method != "GET", truncated: true);
                body.Assert(part, json);
                part.Body.Note.ShouldBeOneOf(CallBodyNote.Truncated, CallBodyNote.Undecodable);
            }
        }
    }

    [Fact]
    public void Redact_RandomBytes_NeverThrow()
    {
        var random = new Random(12);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            byte[] wire = (i % 3) switch
            {
                0 => bytes,
                1 => [0xD9, 0xD9, 0xF7, .. bytes],
                _ => [0xBF, 0x44, .. "data"u8, .. bytes],
            };

            var body = Send(Secrets, wire, contentType: CborWire.ContentType, truncated: i % 5 == 0);

            (body.Body.Content.IsEmpty || body.Body.Note is CallBodyNote.Whole or CallBodyNote.Truncated).ShouldBeTrue();
        }
    }

}
