using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using static KubeLens.Gateway.Tests.Redact.RedactHarness;

namespace KubeLens.Gateway.Tests.Redact;

public class BodyRedactorTests
{
    private const string Pod = """{"kind":"Pod","metadata":{"name":"web"}}""";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";

    [Theory]
    [InlineData("POST", "/apis/authentication.k8s.io/v1/tokenreviews")]
    [InlineData("POST", "/api/v1/namespaces/a/serviceaccounts/b/token")]
    [InlineData("POST", "/apis/certificates.k8s.io/v1/certificatesigningrequests")]
    [InlineData("PUT", "/apis/certificates.k8s.io/v1/certificatesigningrequests/c/approval")]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/log")]
    [InlineData("POST", "/api/v1/namespaces/a/pods/b/exec")]
    [InlineData("POST", "/api/v1/namespaces/a/pods/b/attach")]
    [InlineData("POST", "/api/v1/namespaces/a/pods/b/portforward")]
    [InlineData("GET", "/api/v1/namespaces/a/services/b/proxy/x")]
    [InlineData("GET", "/api/v1/nodes/n/proxy/pods")]
    [InlineData("POST", "/api/v1/nodes/n/proxy/run/a/b/c")]
    [InlineData("GET", "/api/v1/proxy/namespaces/a/pods/b")]
    public void Redact_ExcludedCall_KeepsNothing(string method, string target)
    {
        Request(method, target, Pod).Body.ShouldBe(CallBody.None with { Note = CallBodyNote.NotCaptured });
        Response(target, Pod, method: method).Body.Note.ShouldBe(CallBodyNote.NotCaptured);
        var failed = Response(target, """{"kind":"Status","message":"hunter2","reason":"Forbidden"}""", 403, method: method);
        failed.Body.ShouldBe(CallBody.None with { Note = CallBodyNote.NotCaptured });
        (failed.Head.Reason, failed.Head.Message).ShouldBe(("Forbidden", null));
        Response(target, """{"kind":"Status","reason":"hunter2 is my password"}""", 403, method: method).Head.Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("alice may not exec", "alice may not exec")]
    [InlineData("Bearer abc123", "<redacted:")]
    public void Redact_TheGatewaysOwnWords_AreKeptWhateverTheCallWasFor(string message, string kept)
    {
        var context = new BodyContext(RequestInfoParser.Parse("POST", "/api/v1/namespaces/a/pods/b/exec"), "POST", false, 403, "application/json", "", IsOwn: true);

        var body = Create(new RedactOptions()).Redact(context, new(Encoding.UTF8.GetBytes($$"""{"kind":"Status","message":"{{message}}","reason":"Forbidden"}""")), false);

        body.Body.Note.ShouldBe(CallBodyNote.Whole);
        body.Text().ShouldContain($"\"message\":\"{kept}");
    }

    [Theory]
    [InlineData(Protobuf)]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("rubbish")]
    public void Redact_OtherContentType_IsUnsupported(string contentType) =>
        Response(Pods, Pod, contentType: contentType).Body.ShouldBe(CallBody.None with { Note = CallBodyNote.UnsupportedType });

    [Theory]
    [InlineData("application/json;as=Table;v=v1;g=meta.k8s.io")]
    [InlineData("application/json;stream=watch")]
    [InlineData("Application/JSON")]
    [InlineData("application/vnd.oai.openapi.v3+json")]
    [InlineData("")]
    public void Redact_JsonByAnyName_IsKept(string contentType) =>
        Response(Pods, Pod, contentType: contentType).Text().ShouldBe(Pod);

    [Theory]
    [InlineData("/healthz", "ok", CallBodyNote.Whole)]
    [InlineData("/livez?verbose", "[+]ping ok", CallBodyNote.Whole)]
    [InlineData("/readyz/etcd", "ok", CallBodyNote.Whole)]
    [InlineData("/healthz", "Bearer abcdef", CallBodyNote.NotCaptured)]
    [InlineData("/metrics", "x 1", CallBodyNote.UnsupportedType)]
    [InlineData("/healthzzz", "x", CallBodyNote.UnsupportedType)]
    [InlineData("/logs/x", "x", CallBodyNote.UnsupportedType)]
    public void Redact_PlainText_IsKeptOfHealthChecksOnly(string target, string text, CallBodyNote note)
    {
        var body = Response(target, text, contentType: "text/plain; charset=utf-8");

        body.Body.Note.ShouldBe(note);
        body.Text().ShouldBe(note == CallBodyNote.Whole ? text : "");
    }

    [Fact]
    public void Redact_LongPlainText_IsNotKept() =>
        Response("/healthz", new string('x', 5_000), contentType: "text/plain").Body.ShouldBe(CallBody.None with { Note = CallBodyNote.NotCaptured });

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void Redact_Nothing_IsWhole(string body) =>
        Response(Pods, body).Body.Note.ShouldBe(CallBodyNote.Whole);

    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":hunter2}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1}hunter2")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("// c\n{}")]
    [InlineData("hunter2")]
    public void Redact_Malformed_KeepsNothing(string body) =>
        Response(Pods, body).Body.ShouldBe(CallBody.None with { Note = CallBodyNote.Undecodable });

    [Theory]
    [InlineData("{\"a\":1}hunter2")]
    [InlineData("{\"a\":1,,\"b\":2")]
    public void Redact_MalformedWithinTheKeptPart_KeepsNothing(string body) =>
        Response(Pods, body, truncated: true).Body.ShouldBe(CallBody.None with { Note = CallBodyNote.Undecodable });

    [Fact]
    public void Redact_InvalidUtf8_KeepsNothing() =>
        Send(Pods, [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8]).Body.ShouldBe(CallBody.None with { Note = CallBodyNote.Undecodable });

    [Fact]
    public void Redact_CutCharacter_IsLeftOut() =>
        Send(Pods, [.. "{\"a\":1,\"b\":\"x"u8, 0xE2, 0x82], truncated: true).Text().ShouldBe("{\"a\":1,\"b\":");

    [Fact]
    public void Redact_ByteOrderMark_IsTakenOff() =>
        Response(Secrets, "\uFEFF" + """{"kind":"Secret","data":{"a":"x"}}""").Shape().ShouldBe("""{"kind":"Secret","data":{"a":"§"}}""");

    [Fact]
    public void Redact_TooDeep_KeepsNothing() =>
        Response(Pods, string.Concat(Enumerable.Repeat("{\"a\":", 300)) + "1" + new string('}', 300)).Body.Note.ShouldBe(CallBodyNote.Undecodable);

    [Theory]
    [InlineData("""{"kind":"Pod","metadata":{"name":"web"},"spec":{"nodeName":"n""", """{"kind":"Pod","metadata":{"name":"web"},"spec":{"nodeName":""")]
    [InlineData("""{"data":{"a":"x"},"ki""", """{"data":{"a":"§"}""")]
    [InlineData("""{"spec":[{"value":"x","na""", """{"spec":[{"value":"§",""")]
    [InlineData("""{"spec":{"n":12""", """{"spec":{"n":""")]
    public void Redact_Truncated_KeepsWholeTokensAndTrustsNothingUnseen(string wire, string kept)
    {
        var body = Response(Pods, wire, truncated: true);

        body.Shape().TrimEnd(',').ShouldBe(kept.TrimEnd(','));
        body.Body.Note.ShouldBe(CallBodyNote.Truncated);
    }

    [Fact]
    public void Redact_WatchThatEndsWithinAnEvent_KeepsTheEventsBefore()
    {
        var body = Response(Pods + "?watch=1", """{"type":"ADDED","object":{"kind":"Pod"}}{"type":"MODI""");

        body.Text().ShouldBe("""{"type":"ADDED","object":{"kind":"Pod"}}{"type":""");
        body.Body.Note.ShouldBe(CallBodyNote.Truncated);
    }

    [Theory]
    [InlineData("gzip", false, CallBodyNote.Whole)]
    [InlineData("x-gzip", false, CallBodyNote.Whole)]
    [InlineData("gzip", true, CallBodyNote.Truncated)]
    [InlineData("zstd", false, CallBodyNote.UnsupportedType)]
    [InlineData("gzip, gzip", false, CallBodyNote.UnsupportedType)]
    public void Redact_Encoded_IsDecodedFirst(string encoding, bool cut, CallBodyNote note)
    {
        var json = "{\"kind\":\"SecretList\",\"items\":[" + string.Join(',', Enumerable.Range(0, 500).Select(i => $$$"""{"metadata":{"name":"s{{{i}}}"},"data":{"a":"hunter{{{i * 7919}}}"}}""")) + "]}";
        var packed = Gzip(Encoding.UTF8.GetBytes(json));

        var body = Send(Secrets, cut ? packed[..(packed.Length / 2)] : packed, encoding: encoding, truncated: cut);

        body.Body.Note.ShouldBe(note);
        body.Body.Content.IsEmpty.ShouldBe(note == CallBodyNote.UnsupportedType);
        body.Text().ShouldNotContain("hunter");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Redact_NotWhatTheEncodingSays_KeepsNothing(string encoding) =>
        Send(Pods, Encoding.UTF8.GetBytes(Pod), encoding: encoding).Body.ShouldBe(CallBody.None with { Note = CallBodyNote.Undecodable });

    [Fact]
    public void Redact_DecompressionBomb_IsCutAtTheLimit()
    {
        var bomb = Gzip(Encoding.UTF8.GetBytes("{\"a\":[" + string.Join(',', Enumerable.Repeat("1234567890", 3_000_000)) + "]}"));

        var body = Send(Pods, bomb, encoding: "gzip");

        body.Body.Note.ShouldBe(CallBodyNote.Truncated);
        body.Body.Content.Length.ShouldBeInRange(200_000, 262_144);
    }

    [Fact]
    public void Redact_ThatGrows_StaysWithinTheLimit()
    {
        var wire = "{\"kind\":\"Secret\",\"data\":{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":\"\"")) + "}}";

        var body = Response(Secrets, wire);

        body.Body.Note.ShouldBe(CallBodyNote.Truncated);
        body.Body.Content.Length.ShouldBeInRange(262_000, 262_144);
        body.Text().ShouldEndWith(">\"");
    }

    [Fact]
    public void Redact_SameValueSamePlace_HasTheSameFingerprint()
    {
        var first = Response(Secrets + "/db", Secret("u1", "a", "hunter2")).Text();

        Response(Secrets, """{"kind":"SecretList","items":[{"metadata":{"name":"x","uid":"u0"}},""" + Secret("u1", "a", "hunter2") + "]}").Text().ShouldContain(Value(first));
        Response(Secrets + "?watch=1", """{"type":"ADDED","object":""" + Secret("u1", "a", "hunter2") + "}").Text().ShouldContain(Value(first));
        Value(Response(Secrets + "/db", Secret("u1", "a", "hunter3")).Text()).ShouldNotBe(Value(first));
        Value(Response(Secrets + "/db", Secret("u2", "a", "hunter2")).Text()).ShouldNotBe(Value(first));
        Value(Response(Secrets + "/db", Secret("u1", "b", "hunter2")).Text()).ShouldNotBe(Value(first));
    }

    [Fact]
    public void Redact_WithoutUid_NamesTheObjectByTheTarget()
    {
        const string Patch = """{"data":{"a":"x"}}""";
        var first = Value(Request("PATCH", Secrets + "/db", Patch).Text());

        Value(Request("PATCH", Secrets + "/db", Patch).Text()).ShouldBe(first);
        Value(Request("PATCH", Secrets + "/other", Patch).Text()).ShouldNotBe(first);
        Value(Request("POST", Secrets, """{"metadata":{"name":"db"},"data":{"a":"x"}}""").Text()).ShouldBe(Value(Request("POST", Secrets, """{"metadata":{"namespace":"shop","name":"db"},"data":{"a":"x"}}""").Text()));
    }

    [Fact]
    public void Redact_AnotherKey_HasOtherFingerprints()
    {
        var other = new BodyRedactor(Microsoft.Extensions.Options.Options.Create(new RedactOptions()), SecretNames.Default, new FingerprintKey(new byte[32]));
        var wire = Secret("u1", "a", "x");
        var body = other.Redact(new BodyContext(RequestInfoParser.Parse("GET", Secrets), "GET", false, 200, Json, ""), new(Encoding.UTF8.GetBytes(wire)), false);

        Value(body.Text()).ShouldNotBe(Value(Response(Secrets, wire).Text()));
    }

    [Fact]
    public void Redact_ConfiguredWord_IsSecretToo()
    {
        var options = new RedactOptions();
        options.SecretWords.Add("mode");
        var wire = Encoding.UTF8.GetBytes("""{"env":[{"name":"RUN_MODE","value":"x"},{"name":"LEVEL","value":"x"}]}""");

        var body = RedactHarness.Create(options).Redact(new BodyContext(RequestInfoParser.Parse("POST", Pods), "POST", true, 201, Json, ""), new(wire), false);

        body.Shape().ShouldBe("""{"env":[{"name":"RUN_MODE","value":"§"},{"name":"LEVEL","value":"x"}]}""");
    }

    [Fact]
    public void Redact_YamlWithAnAlias_KeepsNothing() =>
        Request("PATCH", Pods + "/web", "a: &x hunter2\nb: *x\n", "application/apply-patch+yaml").Body.ShouldBe(CallBody.None with { Note = CallBodyNote.Undecodable });

    [Fact]
    public void Redact_CutYaml_TrustsNothingUnseen() =>
        Send("/apis/x.io/v1/things/t", "data:\n  a: hunter2\n  b: hunter2\nki"u8.ToArray(), contentType: "application/yaml", truncated: true)
            .Shape().ShouldBe("""{"data":{"a":"§","b":"§" """.TrimEnd());

    [Fact]
    public void Redact_InManyThreads_MixesNothingUp()
    {
        var expected = Enumerable.Range(0, 50).Select(i => Response(Secrets, Secret($"u{i}", "a", $"v{i}")).Text()).ToArray();

        Parallel.For(0, 2_000, i => Response(Secrets, Secret($"u{i % 50}", "a", $"v{i % 50}")).Text().ShouldBe(expected[i % 50]));
    }

    private static string Secret(string uid, string key, string value) =>
        $$$"""{"kind":"Secret","metadata":{"name":"db","uid":"{{{uid}}}"},"data":{"{{{key}}}":"{{{value}}}"}}""";

    private static string Value(string text) => text.Substring(text.IndexOf("<redacted:sha-", StringComparison.Ordinal), 27);
}
