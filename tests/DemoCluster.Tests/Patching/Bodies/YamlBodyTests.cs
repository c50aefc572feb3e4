using System.Text;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Patching.Bodies;

namespace KubeLens.DemoCluster.Tests.Patching.Bodies;

public sealed class YamlBodyTests
{
    [Fact]
    public void ReadObject_Yaml_HasTheTypesThatKubernetesSees()
        => Read(
            """
            # a comment
            text: hello
            quoted: "1"
            number: 1
            octal: 0644
            hex: 0x10
            real: 1.5
            yes: yes
            off: off
            nothing: ~
            empty:
            date: 2026-03-01
            version: 1.2.3
            list: [a, 2]
            block: |
              line
            base: &base {a: 1}
            again: *base
            """).ShouldBeJson(
            """
            {
              "text": "hello", "quoted": "1", "number": 1, "octal": 420, "hex": 16, "real": 1.5, "yes": true, "off": false, "nothing": null, "empty": null,
              "date": "2026-03-01", "version": "1.2.3", "list": ["a", 2], "block": "line\n", "base": {"a": 1}, "again": {"a": 1}
            }
            """);

    [Fact]
    public void ReadObject_AliasesThatMultiply_Are413()
    {
        var laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 9; i++)
        {
            var former = string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10));
            laughs.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{former}]\n");
        }

        Refused(laughs.ToString()).Code.ShouldBe(413);
    }

    [Theory]
    [InlineData("a: 1\n---\nb: 2\n")]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("a: *nobody")]
    [InlineData("? [a]\n: b")]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("\t: }{")]
    public void ReadObject_NotOneMapping_Is400(string yaml) => Refused(yaml).Code.ShouldBe(400);

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 5_000)]
    public void ReadObject_NestedWithoutEnd_Is400(string opening, int times)
        => Refused("x: " + (opening == "- " ? "\n" : "") + string.Concat(Enumerable.Repeat(opening, times))).Code.ShouldBe(400);

    private static System.Text.Json.Nodes.JsonObject Read(string yaml) => YamlBody.ReadObject(Encoding.UTF8.GetBytes(yaml));

    private static ApiException Refused(string yaml) => Should.Throw<ApiException>(() => Read(yaml));
}
