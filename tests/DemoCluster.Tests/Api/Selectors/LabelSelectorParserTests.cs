using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Selectors;

namespace KubeLens.DemoCluster.Tests.Api.Selectors;

public sealed class LabelSelectorParserTests
{
    private static readonly JsonObject Labels = new() { ["app"] = "web", ["empty"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app == web , !other", true)]
    [InlineData("app!=web", false)]
    [InlineData("other!=x", true)]
    [InlineData("app in (web, db)", true)]
    [InlineData("app in ()", false)]
    [InlineData("app notin (db)", true)]
    [InlineData("other notin (db)", true)]
    [InlineData("empty=", true)]
    [InlineData("app=", false)]
    [InlineData("app,empty", true)]
    [InlineData("!app", false)]
    public void Parse_Selector_Matches(string text, bool matches) => LabelSelectorParser.Parse(text).Matches(Labels).ShouldBe(matches);

    [Theory]
    [InlineData(",", "found ',', expected: !, identifier, or 'end of string'")]
    [InlineData("a=b,", "found '', expected: identifier after ','")]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: '=', '!=', '==', 'in', notin'")]
    [InlineData("a=b=c", "found '=', expected: ',' or 'end of string'")]
    [InlineData("a in x", "unable to parse requirement: found 'x' expected: '('")]
    public void Parse_WhatIsNone_SaysWhatTheApiServerSays(string text, string message) =>
        Should.Throw<ApiException>(() => LabelSelectorParser.Parse(text)).Message.ShouldBe(message);

    [Fact]
    public void Parse_ListThatDoesNotEnd_Throws() => Should.Throw<ApiException>(() => LabelSelectorParser.Parse("a in (b, c"));
}
