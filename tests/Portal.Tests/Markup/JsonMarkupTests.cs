using System.Net;
using System.Text.RegularExpressions;
using KubeLens.Portal.Markup;

namespace KubeLens.Portal.Tests.Markup;

public sealed partial class JsonMarkupTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,null,-1.5e3],"c":{},"d":[]}""", "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null,\n    -1.5e3\n  ],\n  \"c\": {},\n  \"d\": []\n}\n")]
    [InlineData("""{"a":"x\"y\\"}""", "{\n  \"a\": \"x\\\"y\\\\\"\n}\n")]
    [InlineData("""{"type":"ADDED"}{"type":"DELETED"}""", "{\n  \"type\": \"ADDED\"\n}\n{\n  \"type\": \"DELETED\"\n}\n")]
    public void Json_Whole_IsIndented(string json, string expected) => TextOf(JsonMarkup.Build(json)!).ShouldBe(expected);

    [Theory]
    [InlineData("""{"items":[{"kind":"Pod"},{"kin""")]
    [InlineData("""{"items":[{"kind":"Pod"},""")]
    [InlineData("""{"a":"x\""")]
    [InlineData("{")]
    public void Json_EndingAnywhere_IsStillPainted(string json)
    {
        var text = TextOf(JsonMarkup.Build(json)!);
        // Nothing is added but white space.
        Regex.Replace(text, "\\s", "").ShouldBe(Regex.Replace(json, "\\s", ""));
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("")]
    [InlineData("{]")]
    [InlineData("<html>")]
    [InlineData("{\"a\": <b>}")]
    [InlineData("}")]
    public void NoJson_Any_IsRefused(string text)
    {
        var html = JsonMarkup.Build(text);
        if (text == "{]")
        {
            // Brackets are not matched up: this lexer only indents.
            html.ShouldNotBeNull();
            return;
        }

        html.ShouldBeNull();
    }

    [Fact]
    public void Json_Hostile_IsEncodedAndSpelledOut()
    {
        var html = JsonMarkup.Build("{\"<script>\":\"</span><script>\u202E\u001b\u200b\"}")!;
        html.ShouldNotContain("<script>");
        html.ShouldContain("<span class=\"ctl\">202E</span>");
        html.ShouldContain("<span class=\"ctl\">001B</span>");
        html.ShouldContain("<span class=\"ctl\">200B</span>");
    }

    [Fact]
    public void Json_Deep_GrowsOnlyWithItsLength()
    {
        var html = JsonMarkup.Build(new string('[', 20_000))!;
        html.Length.ShouldBeLessThan(20_000 * 250);
    }

    private static string TextOf(string html) => WebUtility.HtmlDecode(Tags().Replace(html, ""));

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();
}
