using KubeLens.Gateway.Normalize;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace KubeLens.Gateway.Tests.Redact.Rules;

public class RedactRuleReaderTests
{
    [Theory]
    [InlineData("""{"JsonPaths":["$.a","$.b[?(@.c)]"]}""", "Redact:Rules:0:JsonPaths:1 is \"$.b[?(@.c)]\", column 5: filters and scripts are not supported")]
    [InlineData("""{"JsonPath":["$.a"]}""", "Redact:Rules:0:JsonPath is no part of a rule: give Clusters, Resources, JsonPaths, Headers, Action.")]
    [InlineData("""{"JsonPaths":"$.a"}""", "Redact:Rules:0:JsonPaths is \"$.a\": give a list with at least one entry")]
    [InlineData("""{"JsonPaths":[]}""", "Redact:Rules:0:JsonPaths is empty")]
    [InlineData("""{"Resources":["widgets"]}""", "Redact:Rules:0 redacts nothing: give JsonPaths, Headers or both.")]
    [InlineData("""{"JsonPaths":["$.a"],"Action":"keep"}""", "Redact:Rules:0:Action is \"keep\": give fingerprint or mask.")]
    [InlineData("""{"JsonPaths":["$.a"],"Clusters":[""]}""", "Redact:Rules:0:Clusters:0 is empty")]
    [InlineData("""{"JsonPaths":["$.a"],"Resources":["widgets/status"]}""", "Redact:Rules:0:Resources:0 is \"widgets/status\": subresources are included")]
    [InlineData("""{"JsonPaths":["$.a"],"Resources":["Widget"]}""", "Redact:Rules:0:Resources:0 is \"Widget\": give the plural name in lower case")]
    [InlineData("""{"JsonPaths":["$.a"],"Resources":["widgets."]}""", "Redact:Rules:0:Resources:0 is \"widgets.\"")]
    [InlineData("""{"Headers":["X Key"]}""", "Redact:Rules:0:Headers:0 is \"X Key\": give the name of a header")]
    [InlineData("\"$.a\"", "Redact:Rules:0 is \"$.a\": give an object with JsonPaths or Headers.")]
    public void Read_RuleThatCannotBeUsed_IsASentenceWithItsKeyAndTheFix(string rule, string problem) =>
        Should.Throw<ConfigurationException>(() => RedactRuleText.Of(rule)).Message.ShouldContain(problem);

    [Fact]
    public void Read_SeveralProblems_TellsAll() =>
        Should.Throw<ConfigurationException>(() => RedactRuleText.Of("""{"JsonPaths":["a","$.b","$"]},{"Headers":[""],"Action":"x"}"""))
            .Problems.Select(problem => problem.Split(' ')[0]).ShouldBe(["Redact:Rules:0:JsonPaths:0", "Redact:Rules:0:JsonPaths:2", "Redact:Rules:1:Action", "Redact:Rules:1:Headers:0"]);

    [Fact]
    public void Read_MoreStepsThanStates_SaysAtWhichPath()
    {
        var paths = string.Join(',', Enumerable.Range(0, 65).Select(i => $"\"$.a.b.c.d{i}\""));

        Should.Throw<ConfigurationException>(() => RedactRuleText.Of($$"""{"JsonPaths":[{{paths}}]}""")).Message.ShouldContain("Redact:Rules:0:JsonPaths:64 is \"$.a.b.c.d64\", with which all paths have more than 256 steps together");
    }

    [Theory]
    [InlineData("""{}""", "GET /api/v1/pods", true)]
    [InlineData("""{}""", "GET /version", true)]
    [InlineData("""{"Resources":["widgets.example.com"]}""", "GET /apis/example.com/v1/widgets", true)]
    [InlineData("""{"Resources":["widgets.example.com"]}""", "PUT /apis/example.com/v1/namespaces/x/widgets/w/status", true)]
    [InlineData("""{"Resources":["widgets.example.com"]}""", "GET /apis/other.com/v1/widgets", false)]
    [InlineData("""{"Resources":["widgets.example.com"]}""", "GET /version", false)]
    [InlineData("""{"Resources":["widgets"]}""", "GET /apis/other.com/v1/widgets", true)]
    [InlineData("""{"Resources":["*.example.com"]}""", "GET /apis/example.com/v1/gadgets", true)]
    [InlineData("""{"Resources":["*.example.com"]}""", "GET /api/v1/pods", false)]
    [InlineData("""{"Resources":["w*.*.com"]}""", "GET /apis/a.example.com/v1/widgets", true)]
    [InlineData("""{"Clusters":["pro*"]}""", "GET /api/v1/pods", true)]
    [InlineData("""{"Clusters":["stage"]}""", "GET /api/v1/pods", false)]
    public void For_ACall_MatchesWhatAllListsSay(string rule, string request, bool matches)
    {
        var rules = RedactRuleText.Of(rule.Insert(1, "\"Headers\":[\"x\"]" + (rule == "{}" ? "" : ",")));

        (rules.For("prod", RequestInfoParser.Parse(request.Split(' ')[0], request.Split(' ')[1])) is not null).ShouldBe(matches);
    }

    [Fact]
    public void Read_NoRules_MatchesNothing() =>
        RedactRuleText.Of("").For("prod", RequestInfoParser.Parse("GET", "/api/v1/pods")).ShouldBeNull();
}
