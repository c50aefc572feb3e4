using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using KubeLens.Testing;
using static KubeLens.Gateway.Tests.Redact.Rules.RedactRuleText;

namespace KubeLens.Gateway.Tests.Redact.Rules;

/// <summary>What paths select is gone wherever an object stands, and what stands beside it is kept.</summary>
public class RulePathTests
{
    private const string Meta = """ "apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"STAY-0","uid":"u1"} """;
    private const string Spec = """
        {"word":"CANARY-1","plain":"STAY-1","users":[{"id":"STAY-2","hint":"CANARY-2"},{"id":"STAY-3","hint":"CANARY-3"}],"deep":[{"er":{"Badge":"CANARY-4","ok":"STAY-4"}}],"whole":{"a":"CANARY-5","b":[771177,true,null,"CANARY-6"]},"odd.n\u0061me":"CANARY-7","list":["CANARY-8","STAY-5"]}
        """;

    private static readonly string[] Paths = ["$.spec.word", "$.spec.users[*].hint", "$..badge", "$.spec.whole", "$['spec']['odd.name']", "$.spec.list[0]"];

    private static readonly string Object = $"{{{Meta},\"spec\":{Spec}}}";

    private static readonly Dictionary<string, string> Shapes = new()
    {
        ["object"] = Object,
        ["kind last"] = $"{{\"spec\":{Spec},{Meta}}}",
        ["list"] = $"{{\"kind\":\"WidgetList\",\"apiVersion\":\"example.com/v1\",\"metadata\":{{\"resourceVersion\":\"7\"}},\"items\":[{{\"metadata\":{{\"name\":\"STAY-6\"}},\"spec\":{Spec}}},{Object}]}}",
        ["items first"] = $"{{\"items\":[{Object}],\"kind\":\"WidgetList\"}}",
        ["mixed list"] = $"{{\"kind\":\"List\",\"items\":[{Object},{{\"kind\":\"List\",\"items\":[{Object}]}}]}}",
        ["watch"] = $"{{\"type\":\"ADDED\",\"object\":{Object}}}\n{{\"object\":{Object},\"type\":\"MODIFIED\"}}\n",
        ["table"] = $"{{\"kind\":\"Table\",\"columnDefinitions\":[{{\"name\":\"STAY-7\"}}],\"rows\":[{{\"cells\":[\"CANARY-9\",1],\"object\":{Object}}}]}}",
        ["rows first"] = $"{{\"rows\":[{{\"cells\":[\"CANARY-9\",1],\"object\":{Object}}}],\"kind\":\"Table\"}}",
        ["watched table"] = $"{{\"type\":\"ADDED\",\"object\":{{\"kind\":\"Table\",\"rows\":[{{\"object\":{Object}}}]}}}}\n",
    };

    private static readonly Dictionary<string, string> Patches = new()
    {
        ["merge"] = $"{{\"spec\":{Spec}}}",
        ["apply"] = Object,
        ["value"] = """[{"op":"test","path":"/spec/word","value":"CANARY-1"},{"op":"add","path":"/spec/plain","value":"STAY-1"}]""",
        ["value first"] = """[{"value":"CANARY-1","path":"\/spec\/w\u006frd","op":"replace"},{"value":"STAY-1","op":"add","path":"/spec/plain"}]""",
        ["ancestor"] = $"[{{\"op\":\"add\",\"path\":\"/spec\",\"value\":{Spec}}}]",
        ["whole"] = $"[{{\"op\":\"replace\",\"path\":\"\",\"value\":{Object}}}]",
        ["element"] = """[{"op":"add","path":"/spec/users/-","value":{"id":"STAY-2","hint":"CANARY-2"}},{"op":"add","path":"/spec/users/7/hint","value":"CANARY-3"},{"op":"add","path":"/spec/list/3","value":"CANARY-4"}]""",
        ["elements"] = """[{"op":"add","path":"/spec/users","value":[{"id":"STAY-2","hint":"CANARY-2"}]}]""",
        ["within"] = """[{"op":"add","path":"/spec/whole/b/1","value":"CANARY-1"},{"op":"add","path":"/spec/odd.name","value":"CANARY-2"},{"op":"add","path":"/spec/x/y/BADGE","value":"CANARY-3"},{"op":"add","path":"/metadata/labels/a~1b","value":"STAY-1"}]""",
        ["strategic"] = """{"spec":{"$deleteFromPrimitiveList/list":["CANARY-1"],"$setElementOrder/users":[{"id":"STAY-1"}],"plain":"STAY-2"}}""",
    };

    private static readonly (string Type, Func<string, byte[]> Encode)[] Types =
    [
        ("application/json", Encoding.UTF8.GetBytes),
        ("application/yaml", json => Encoding.UTF8.GetBytes("# x\n" + json.Trim().Replace("\n{", "\n---\n{", StringComparison.Ordinal).Replace("odd.n\\u0061me", "odd.name", StringComparison.Ordinal).Replace("\\/", "/", StringComparison.Ordinal))),
        (CborWire.Sequence, CborWire.FromJson),
    ];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var action in new[] { "fingerprint", "mask" })
        {
            foreach (var (shape, method) in Shapes.Keys.Select(shape => (shape, "GET")).Concat(Patches.Keys.Select(shape => (shape, "PATCH"))))
            {
                cases.Add(action, method, shape);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Redact_EveryShapeAndType_SecretsGoAndNeighboursStay(string action, string method, string shape)
    {
        var json = (method == "GET" ? Shapes : Patches)[shape];
        var rules = RedactRuleText.Paths(action, Paths);
        foreach (var (type, encode) in Types)
        {
            var wire = encode(json);
            Text(Keep(null, wire, method, type)).ShouldContain("CANARY"); // nothing built in takes them

            var body = Keep(rules, wire, method, type);

            body.Body.Note.ShouldBe(CallBodyNote.Whole, type);
            var text = Text(body);
            text.ShouldNotContain("CANARY", Case.Sensitive, type);
            text.ShouldNotContain("771177", Case.Sensitive, type);
            // In a patch [0] is every element: its places are not those of the object.
            Count(text, "STAY-").ShouldBe(Count(json, "STAY-") - (method == "PATCH" ? Count(json, "STAY-5") : 0), text);
            IsJson(text).ShouldBeTrue(text);
            text.Contains("\"<redacted>\"", StringComparison.Ordinal).ShouldBe(action == "mask", text);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Redact_CutAnywhere_LetsNoCanaryOut(string action, string method, string shape)
    {
        var rules = RedactRuleText.Paths(action, Paths);
        foreach (var (type, encode) in Types)
        {
            var wire = encode((method == "GET" ? Shapes : Patches)[shape]);
            for (var cut = 0; cut < wire.Length; cut++)
            {
                var text = Text(Keep(rules, wire[..cut], method, type, truncated: true));
                (text.Contains("CANARY", StringComparison.Ordinal) || text.Contains("771177", StringComparison.Ordinal)).ShouldBeFalse($"{type} {Encoding.UTF8.GetString(wire[..cut])} => {text}");
            }
        }
    }

    [Theory]
    [InlineData("$.a", """{"a":1,"b":2}""", """{"a":§,"b":2}""")]
    [InlineData("$.a", """{"a":{"x":{"y":"z"},"n":null,"e":[],"f":false},"b":2}""", """{"a":{"x":{"y":§},"n":null,"e":[],"f":§},"b":2}""")]
    [InlineData("$.a", """{"A":"x","b":{"a":"kept"}}""", """{"A":§,"b":{"a":"kept"}}""")]
    [InlineData("$.a.b", """{"a":[{"b":1}],"b":1}""", """{"a":[{"b":1}],"b":1}""")]
    [InlineData("$.a[*].b", """{"a":[{"b":1,"c":2},{"b":[3]}]}""", """{"a":[{"b":§,"c":2},{"b":[§]}]}""")]
    [InlineData("$.a[1]", """{"a":[1,2,3]}""", """{"a":[1,§,3]}""")]
    [InlineData("$.a.*", """{"a":{"b":1,"c":[2]},"d":3}""", """{"a":{"b":§,"c":[§]},"d":3}""")]
    [InlineData("$.a[*]", """{"a":{"b":1},"d":3}""", """{"a":{"b":§},"d":3}""")]
    [InlineData("$..k", """{"k":1,"a":[{"k":2,"c":{"k":{"k":3}}}],"x":"k"}""", """{"k":§,"a":[{"k":§,"c":{"k":{"k":§}}}],"x":"k"}""")]
    [InlineData("$.a..k", """{"k":1,"a":{"b":{"k":2}}}""", """{"k":1,"a":{"b":{"k":§}}}""")]
    [InlineData("$..a.b", """{"a":{"a":{"b":1},"c":2},"b":3}""", """{"a":{"a":{"b":§},"c":2},"b":3}""")]
    [InlineData("$..[0]", """{"a":[1,2,[3,4]]}""", """{"a":[§,2,[§,4]]}""")]
    [InlineData("$.a", """{"a":1,"a":2,"b":3}""", """{"a":§,"a":§,"b":3}""")]
    [InlineData("$.args[0]", """{"args":["--password","built in"]}""", """{"args":[§,§]}""")]
    public void Redact_APath_TakesExactlyWhatItSelects(string path, string json, string expected) =>
        RedactHarness.Shape(Keep(RedactRuleText.Paths("fingerprint", path), json)).ShouldBe(expected.Replace("§", "\"§\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"a":{"secret name":{"x":[1,{"y":2}]}},"b":{"c":3}}""", """{"a":"<redacted>","b":{"c":3}}""")]
    [InlineData("""{"a":[{"x":1}],"b":3}""", """{"a":"<redacted>","b":3}""")]
    [InlineData("""{"a":null,"b":3}""", """{"a":null,"b":3}""")]
    [InlineData("""{"kind":"List","items":[{"a":{"metadata":{"name":"x"}},"kind":"X"},{"a":7,"kind":"Secret","data":{"k":"v"}}]}""", """{"kind":"List","items":[{"a":"<redacted>","kind":"X"},{"a":"<redacted>","kind":"Secret","data":{"k":"§"}}]}""")]
    public void Redact_Mask_IsOneValueForAll(string json, string expected) =>
        RedactHarness.Shape(Keep(RedactRuleText.Paths("mask", "$.a"), json)).ShouldBe(expected);

    [Fact]
    public void Redact_BothActions_TheStricterCounts()
    {
        var rules = Of("""{"JsonPaths":["$..a"]},{"JsonPaths":["$.a"],"Action":"mask"}""").For("", RequestInfoParser.Parse("GET", Widget))!;

        RedactHarness.Shape(Keep(rules, """{"a":{"x":1},"b":{"a":2}}""")).ShouldBe("""{"a":"<redacted>","b":{"a":"§"}}""");
    }

    [Fact]
    public void Redact_ManagedFields_NameNoElementsOfSets() =>
        RedactHarness.Shape(Keep(RedactRuleText.Paths("fingerprint", "$.spec.tags"), """{"metadata":{"managedFields":[{"fieldsV1":{"f:spec":{"f:tags":{".":{},"v:\"CANARY\"":{}}}}}]}}"""))
            .ShouldBe("""{"metadata":{"managedFields":[{"fieldsV1":{"f:spec":{"f:tags":{".":{},"§":{}}}}}]}}""");

    [Theory]
    [InlineData("Invalid", false)]
    [InlineData("NotFound", true)]
    public void Redact_StatusMessages_AreKeptWhereTheyQuoteNothing(string reason, bool isKept)
    {
        var json = $$"""{"kind":"Status","status":"Failure","message":"spec.word: Invalid value: WORDS","reason":"{{reason}}","details":{"causes":[{"message":"WORDS","field":"spec.word"}]},"code":422}""";

        Text(Keep(RedactRuleText.Paths("fingerprint", "$.spec.word"), json)).Contains("WORDS", StringComparison.Ordinal).ShouldBe(isKept);
        Text(Keep(null, json)).ShouldContain("WORDS");
    }

    [Fact]
    public void Redact_DeepDocument_IsFollowed()
    {
        var json = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "{\"k\":\"CANARY\",\"l\":\"STAY\"}" + new string('}', 100);

        var text = Text(Keep(RedactRuleText.Paths("fingerprint", "$..k"), json));

        text.ShouldNotContain("CANARY");
        text.ShouldContain("STAY");
    }

    private static string Text(KubeLens.Gateway.Redact.RedactedBody body) => Encoding.UTF8.GetString(body.Body.Content.Span);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static bool IsJson(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens > 0 && reader.CurrentDepth == 0;
    }
}
