using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.Portal.Objects;
using KubeLens.Portal.Tests.Fixtures;
using YamlDotNet.Serialization;

namespace KubeLens.Portal.Tests.Objects;

public sealed class ObjectYamlTests
{
    [Fact]
    public void Yaml_Brief_LeavesOutWhatPeopleSkip() =>
        ObjectYaml.Of(ObjectScript.State(3, "shop:1.0", 2), isBrief: true).ShouldBe(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: shop
              namespace: prod
              annotations:
                note: "true"
            spec:
              replicas: 3
              template:
                spec:
                  containers:
                  - name: shop
                    image: shop:1.0
                    env:
                    - name: PASSWORD
                      value: <redacted:sha-0123456789ab>

            """);

    [Fact]
    public void Yaml_All_HasStatusAndBookkeeping()
    {
        var yaml = ObjectYaml.Of(ObjectScript.State(3, "shop:1.0", 2), isBrief: false);
        yaml.ShouldContain("managedFields:");
        yaml.ShouldContain("resourceVersion: \"7\"");
        yaml.ShouldContain("readyReplicas: 2");
    }

    [Theory]
    [InlineData("true"), InlineData("Null"), InlineData("~"), InlineData(""), InlineData("1e3"), InlineData("0x1f"), InlineData("2026-11-28"), InlineData("no"), InlineData("-1"), InlineData(".5"), InlineData("- a"), InlineData("a: b")]
    [InlineData("# no comment"), InlineData(" around "), InlineData("two\nlines\n"), InlineData("tab\tand \"quotes\" 'here'"), InlineData("*alias"), InlineData("line\r\nends"), InlineData("\u0007\u2028"), InlineData("{}"), InlineData("\n leading")]
    public void Yaml_AnyText_IsReadAsThatText(string text)
    {
        var yaml = ObjectYaml.Of(JsonSerializer.Serialize(new Dictionary<string, object> { [text + "k"] = text, ["list"] = new[] { text } }), isBrief: false);
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<Dictionary<string, object?>>(yaml);
        read[text + "k"].ShouldBe(text);
        read["list"].ShouldBe(new object[] { text });
    }

    [Theory]
    [InlineData("no object"), InlineData("{\"a\":"), InlineData("")]
    public void Yaml_OfNoJson_IsTheTextItself(string text) => ObjectYaml.Of(text, isBrief: true).ShouldBe(text);

    [Fact]
    public void Yaml_OfADeepObject_EndsWell()
    {
        JsonNode node = JsonValue.Create(1);
        for (var i = 0; i < 200; i++)
        {
            node = new JsonObject { ["a"] = node };
        }

        var json = node.ToJsonString(new JsonSerializerOptions { MaxDepth = 300 });
        ObjectYaml.Of(json, isBrief: false).ShouldEndWith("a: 1\n");
        ObjectYaml.Of(string.Concat(Enumerable.Repeat("[", 5000)), isBrief: false).ShouldStartWith("[[[");
    }
}
