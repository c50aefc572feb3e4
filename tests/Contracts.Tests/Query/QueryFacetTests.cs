using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests.Query;

public class QueryFacetTests
{
    /// <summary>A query, what it says of <c>verb</c>, and what is left of it.</summary>
    [Theory]
    [InlineData("", "", "", "", false)]
    [InlineData("verb:get", "get", "", "", false)]
    [InlineData("ns:prod verb:(get,list) -verb:watch alice", "get,list", "watch", "ns:prod alice", false)]
    [InlineData("-verb:watch -verb:(list,watch)", "", "watch,list", "", false)]
    [InlineData("verb:get verb:list", "", "", "verb:get verb:list", true)]
    [InlineData("verb:g*t", "", "", "verb:g*t", true)]
    [InlineData("verb:*", "", "", "verb:*", true)]
    [InlineData("verb:get OR verb:list", "", "", "verb:get OR verb:list", true)]
    [InlineData("verb:get (verb:list OR ns:prod)", "get", "", "verb:list OR ns:prod", true)]
    [InlineData("-(verb:get ns:prod)", "", "", "-(verb:get ns:prod)", true)]
    public void Of_Query_KnowsTheTermsOfTheField(string query, string included, string excluded, string rest, bool alsoLimited)
    {
        var facet = QueryFacet.Of(QueryParser.Parse(query).Root!, "verb");

        string.Join(',', facet.Included).ShouldBe(included);
        string.Join(',', facet.Excluded).ShouldBe(excluded);
        QueryPrinter.Print(facet.Rest).ShouldBe(rest);
        facet.AlsoLimited.ShouldBe(alsoLimited);
    }

    [Theory]
    [InlineData("", "verb:get", "verb:get", "-verb:get", "")]
    [InlineData("verb:list ns:prod", "verb:(list,get) ns:prod", "verb:get ns:prod", "verb:list -verb:get ns:prod", "verb:list ns:prod")]
    [InlineData("alice -verb:get ns:prod", "alice verb:get ns:prod", "alice verb:get ns:prod", "alice -verb:get ns:prod", "alice ns:prod")]
    [InlineData("verb:(GET,list) alice", "verb:(list,get) alice", "verb:get alice", "verb:list -verb:get alice", "verb:list alice")]
    [InlineData("a OR b", "(a OR b) verb:get", "(a OR b) verb:get", "(a OR b) -verb:get", "a OR b")]
    public void Change_Value_GivesTheQueryOfAClick(string query, string include, string only, string exclude, string forget)
    {
        var facet = QueryFacet.Of(QueryParser.Parse(query).Root!, "verb");

        QueryPrinter.Print(facet.Include("get")).ShouldBe(include);
        QueryPrinter.Print(facet.Only("get")).ShouldBe(only);
        QueryPrinter.Print(facet.Exclude("get")).ShouldBe(exclude);
        QueryPrinter.Print(facet.Forget("get")).ShouldBe(forget);
    }

    [Fact]
    public void Include_ValueThatWouldReadAsSomethingElse_IsQuoted()
        => QueryPrinter.Print(QueryFacet.Of(AllNode.Instance, "user").Include("a*,b \"c\"")).ShouldBe("user:\"a*,b \\\"c\\\"\"");

    [Fact]
    public void Same_FieldWithCase_TellsCasesApart()
    {
        QueryFacet.Of(AllNode.Instance, "user").Same("Alice", "alice").ShouldBeFalse();
        QueryFacet.Of(AllNode.Instance, "ns").Same("Prod", "prod").ShouldBeTrue();
    }

    [Property(MaxTest = 1000, EndSize = 30)]
    public Property Change_AnyQuery_IsUndoneAndSaysWhatItDid() => Prop.ForAll(Arb.From(QueryTrees.Trees()), Arb.From(Gen.Elements("get", "a b", "x*", "*", "-x", "or")), (tree, value) =>
    {
        foreach (var field in new[] { "verb", "user", "ns" })
        {
            var before = QueryFacet.Of(tree, field);
            var included = Again(before.Include(value), field);
            included.Excluded.ShouldNotContain(other => before.Same(other, value));
            var excluded = Again(before.Exclude(value), field);
            excluded.Excluded.ShouldContain(other => before.Same(other, value));
            excluded.Included.ShouldNotContain(other => before.Same(other, value));
            if (before.Rest.Equals(included.Rest))
            {
                included.Included.ShouldContain(other => before.Same(other, value));
                QueryPrinter.Print(included.Forget(value)).ShouldBe(QueryPrinter.Print(before.Forget(value)));
            }

            excluded.Rest.ShouldBe(before.Rest);
        }
    });

    // What is printed is what is meant.
    private static QueryFacet Again(QueryNode query, string field)
    {
        var parse = QueryParser.Parse(QueryPrinter.Print(query));
        parse.Root.ShouldBe(query);
        return QueryFacet.Of(parse.Root!, field);
    }
}
