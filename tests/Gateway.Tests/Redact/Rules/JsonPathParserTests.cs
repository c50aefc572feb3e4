using KubeLens.Gateway.Redact.Rules.Paths;

namespace KubeLens.Gateway.Tests.Redact.Rules;

public class JsonPathParserTests
{
    [Theory]
    [InlineData("$.spec.password", "spec,password")]
    [InlineData("$.spec.users[*].token", "spec,users,*,token")]
    [InlineData("$..apiKey", "..apiKey")]
    [InlineData("$.spec..*", "spec,..*")]
    [InlineData("$..[0]", "..#0")]
    [InlineData("$..['a b']", "..a b")]
    [InlineData("$['a.b'][\"c'd\"]['e\\'f']", "a.b,c'd,e'f")]
    [InlineData("$.args[12].*", "args,#12,*")]
    [InlineData("$.x-y_z0.ü", "x-y_z0,ü")]
    [InlineData("$['']", "")]
    public void Parse_SupportedPath_IsItsSteps(string path, string steps) => Steps(JsonPathParser.Parse(path)).ShouldBe(steps);

    [Theory]
    [InlineData("", 1, "a path begins at the object, with $: write $.spec.password")]
    [InlineData(".spec.a", 1, "a path begins at the object, with $: write $.spec.a")]
    [InlineData("spec.a", 1, "a path begins at the object, with $")]
    [InlineData("$", 1, "$ alone is the whole object; name a member")]
    [InlineData("$.", 3, "the path ends after a dot")]
    [InlineData("$.a..", 6, "the path ends after a dot")]
    [InlineData("$...a", 4, "at most two dots stand together; write $..name")]
    [InlineData("$a", 2, "\"a\" is not expected here")]
    [InlineData("$.a[?(@.b=='c')].d", 5, "filters and scripts are not supported")]
    [InlineData("$.a[(@.length-1)]", 5, "filters and scripts are not supported")]
    [InlineData("$.a[-1]", 5, "counting from the end is not supported")]
    [InlineData("$.a[0:2]", 6, "slices are not supported")]
    [InlineData("$.a[:2]", 5, "slices are not supported")]
    [InlineData("$.a['b','c']", 8, "lists in brackets are not supported; give a path for each")]
    [InlineData("$.a[0,1]", 6, "lists in brackets are not supported")]
    [InlineData("$.a[", 4, "the bracket is not closed")]
    [InlineData("$.a[0", 4, "the bracket is not closed; put ] at its end")]
    [InlineData("$.a['b", 5, "the name is not closed")]
    [InlineData("$.a['b\\", 7, "are escapes")]
    [InlineData("$.a['b\\n']", 7, "are escapes")]
    [InlineData("$.a[b]", 5, "\"b\" is not expected here")]
    [InlineData("$.a[01]", 5, "no zeros before it")]
    [InlineData("$.a[9999999999]", 5, "at most 9 digits")]
    [InlineData("$.a b", 4, "spaces are not part of a path")]
    [InlineData("$.$ref", 3, "$ stands only at the beginning; quote a name that has it, as ['$ref']")]
    public void Parse_AnythingElse_SaysWhereAndWhatToWrite(string path, int column, string problem)
    {
        var error = Should.Throw<JsonPathException>(() => JsonPathParser.Parse(path));

        error.Column.ShouldBe(column, error.Message);
        error.Message.ShouldStartWith($"column {column}: ");
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public void Parse_TooLong_IsRefused()
    {
        Should.Throw<JsonPathException>(() => JsonPathParser.Parse("$" + string.Concat(Enumerable.Repeat(".a", 33)))).Message.ShouldContain("more than 32 steps");
        Should.Throw<JsonPathException>(() => JsonPathParser.Parse("$." + new string('a', 1_024))).Message.ShouldContain("longer than 1024 characters");
        JsonPathParser.Parse("$" + string.Concat(Enumerable.Repeat(".a", 32))).Count.ShouldBe(32);
    }

    private static string Steps(IEnumerable<PathStep> path) =>
        string.Join(',', path.Select(step => (step.Descends ? ".." : "") + (step.IsAny ? "*" : step.Name ?? $"#{step.Index}")));
}
