using System.Text;
using KubeLens.Gateway.Redact;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact;

/// <summary>Values planted where secrets stand never come out, however the body is shaped, packed or cut.</summary>
public class CanaryTests
{
    private const int Rounds = 60;

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
            var wire = Encoding.UTF8.GetBytes(json);

            var whole = Send(target, wire, method: method, isRequest: method != "GET");
            whole.Body.Content.IsEmpty.ShouldBeFalse(json);
            whole.Body.RedactedValues.ShouldBeGreaterThan(0, json);
            body.Assert(whole, json);
            body.Assert(Send(target, Gzip(wire), encoding: "gzip", method: method, isRequest: method != "GET"), json);

            for (var cut = seed % 7; cut < wire.Length; cut += seed < 10 ? 1 : 7)
            {
                body.Assert(Send(target, wire[..cut], method: method, isRequest: method != "GET", truncated: true), json[..Math.Min(cut, json.Length)]);
            }
        }
    }

    [Fact]
    public void Redact_GzipCutAnywhere_LetsNoCanaryOut()
    {
        var body = new CanaryBody(7);
        var (_, target, json) = body.Make("list");
        var packed = Gzip(Encoding.UTF8.GetBytes(json));

        for (var cut = 0; cut < packed.Length; cut++)
        {
            body.Assert(Send(target, packed[..cut], encoding: "gzip", truncated: true), json);
        }
    }

    [Fact]
    public void Redact_YamlCutAnywhere_LetsNoCanaryOut()
    {
        const string Yaml = "items:\n- metadata: {name: a}\n  data:\n    k: CANARY-1\n    l: \"CANARY-2\"\n    m: |\n      CANARY-3\n      CANARY-4\n  kind: Secret\n- stringData: {x: CANARY-5}\n  kind: Secret\nkind: List\n";
        foreach (var target in new[] { "/apis/x.io/v1/things", Secrets })
        {
            for (var cut = 0; cut <= Yaml.Length; cut++)
            {
                var body = Send(target, Encoding.UTF8.GetBytes(Yaml[..cut]), contentType: "application/yaml", truncated: cut < Yaml.Length);

                body.Text().Contains("CANARY", StringComparison.Ordinal).ShouldBeFalse(Yaml[..cut]);
            }
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/apply-patch+yaml")]
    [InlineData("text/plain")]
    [InlineData("application/vnd.kubernetes.protobuf")]
    [InlineData("application/cbor")]
    public void Redact_Rubbish_NeverThrowsNorLetsACanaryOut(string contentType)
    {
        string[] pieces = ["{", "}", "[", "]", ",", ":", "\"", "\"kind\":\"Secret\"", "\"data\":{", "\"a\":\"CANARY\"", "kind: Secret\n", "data:\n", "  a: CANARY\n", "- ", "&a ", "*a", "\n", " ", "|", ">", "'", "\\u", "\\ud800", "\uFEFF", "\0", "k8s\0", "\u0012\u0005", "!!binary ", "? ", "---\n", "%YAML 1.2\n", "#", "null", "1e999", "é", "\t", "<<: "];
        var random = new Random(4);
        for (var i = 0; i < 6_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => pieces[random.Next(pieces.Length)]));
            var wire = Encoding.UTF8.GetBytes(text);
            if (wire.Length > 0 && i % 3 == 0)
            {
                wire[random.Next(wire.Length)] = (byte)random.Next(256);
            }

            var body = Send(i % 2 == 0 ? Secrets : "/healthz", wire, contentType: contentType, truncated: i % 5 == 0, encoding: i % 11 == 0 ? "gzip" : "");

            if (i % 2 == 0)
            {
                body.Text().Contains("CANARY", StringComparison.Ordinal).ShouldBeFalse(text + "\n=> " + body.Text());
            }
        }
    }
}
