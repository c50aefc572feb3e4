using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests.Query;

public class QueryMeaningTests
{
    /// <summary>What is written, and its canonical form.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("*", "")]
    [InlineData("alice", "alice")]
    [InlineData("\"a b\"", "\"a b\"")]
    [InlineData("a b c", "a b c")]
    [InlineData("a AND b", "a b")]
    [InlineData("a b OR c d", "a b OR c d")]
    [InlineData("(a OR b) c", "(a OR b) c")]
    [InlineData("(a b) c", "a b c")]
    [InlineData("((a)) OR (b OR c)", "a OR b OR c")]
    [InlineData("NOT a OR b", "-a OR b")]
    [InlineData("-(a b)", "-(a b)")]
    [InlineData("--a", "--a")]
    [InlineData("web-1 -x", "web-1 -x")]
    [InlineData("a-b", "a-b")]
    [InlineData("U:Alice", "user:Alice")]
    [InlineData("v:GET r:Pods n:Prod s:4XX", "verb:get resource:pods ns:prod status:4xx")]
    [InlineData("method:get", "method:GET")]
    [InlineData("user:system:serviceaccount:prod:ci", "user:system:serviceaccount:prod:ci")]
    [InlineData("path:/api/../x", "path:/api/../x")]
    [InlineData("verb:( get , list )", "verb:(get,list)")]
    [InlineData("verb:(get)", "verb:get")]
    [InlineData("verb:(get,*)", "verb:*")]
    [InlineData("user:*", "user:*")]
    [InlineData("user:\"*\"", "user:\"*\"")]
    [InlineData("user:=*", "user:=*")]
    [InlineData("name:~web", "name:~web")]
    [InlineData("status:=404", "status:404")]
    [InlineData("status:\"400\"..\"499\"", "status:\"400\"..\"499\"")]
    [InlineData("status:*..*", "status:*")]
    [InlineData("latency:1s..*", "latency:1s..*")]
    [InlineData("latency:>=1.5S", "latency:>=1.5s")]
    [InlineData("audit:0190C2D4-5B6E-7F80-9A1B-2C3D4E5F6071", "audit:0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071")]
    [InlineData("user:\"a\\\"b\\\\c\\n\\t\"", "user:\"a\\\"b\\\\c\\n\\t\"")]
    public void Query_is_printed_in_its_one_form(string query, string canonical)
    {
        var parsed = QueryParser.Parse(query);

        parsed.Messages.Where(m => m.IsError).ShouldBeEmpty();
        QueryPrinter.Print(parsed.Root!).ShouldBe(canonical);
    }

    /// <summary>What is written, and the plain fields it stands for.</summary>
    [Theory]
    [InlineData("resource:pods", "resource:pods -sub:*")]
    [InlineData("resource:pods/*", "resource:pods")]
    [InlineData("resource:pods/exec", "resource:pods sub:exec")]
    [InlineData("resource:pods sub:exec", "resource:pods sub:exec")]
    [InlineData("resource:pods -sub:exec", "resource:pods -sub:exec")]
    [InlineData("-resource:pods sub:exec", "-resource:pods sub:exec")]
    [InlineData("resource:pods (sub:exec OR sub:attach)", "resource:pods (sub:exec OR sub:attach)")]
    [InlineData("resource:pods OR resource:nodes sub:proxy", "resource:pods -sub:* OR resource:nodes sub:proxy")]
    [InlineData("-resource:pods", "-(resource:pods -sub:*)")]
    [InlineData("resource:(pods,services)", "resource:(pods,services) -sub:*")]
    [InlineData("resource:(pods,pods/exec)", "resource:pods -sub:* OR resource:pods sub:exec")]
    [InlineData("resource:deployments.apps", "resource:deployments group:apps -sub:*")]
    [InlineData("resource:deployments.apps/status", "resource:deployments group:apps sub:status")]
    [InlineData("resource:networkpolicies.networking.k8s.io", "resource:networkpolicies group:networking.k8s.io -sub:*")]
    [InlineData("resource:pods.core", "resource:pods -group:* -sub:*")]
    [InlineData("resource:*.core/*", "resource:* -group:*")]
    [InlineData("resource:*.*", "resource:* -sub:*")]
    [InlineData("resource:*/scale", "resource:* sub:scale")]
    [InlineData("resource:*.apps", "resource:* group:apps -sub:*")]
    [InlineData("resource:*", "resource:*")]
    [InlineData("resource:~pod", "resource:~pod")]
    [InlineData("resource:=pods/exec", "resource:=pods sub:=exec")]
    [InlineData("resource:\"pods/exec\"", "resource:\"pods\" sub:\"exec\"")]
    [InlineData("group:core", "-group:* resource:*")]
    [InlineData("group:(core,apps)", "group:apps OR -group:* resource:*")]
    [InlineData("-group:*", "-group:*")]
    [InlineData("class:interactive", "sub:(exec,attach,portforward,proxy) OR verb:proxy")]
    [InlineData("class:delete", "verb:(delete,deletecollection) -(sub:(exec,attach,portforward,proxy) OR verb:proxy)")]
    [InlineData("is:denied", "status:(401,403)")]
    [InlineData("is:watch", "verb:watch")]
    [InlineData("is:slow", "latency:>=1s -verb:watch -sub:log -(sub:(exec,attach,portforward,proxy) OR verb:proxy)")]
    [InlineData("has:trace", "trace:*")]
    [InlineData("has:(audit,trace)", "has:audit OR trace:*")]
    [InlineData("is:exec", "sub:(exec,attach)")]
    [InlineData("is:secret", "resource:secrets -group:*")]
    [InlineData("is:truncated", "is:truncated")]
    [InlineData("is:(watch,denied)", "verb:watch OR status:(401,403)")]
    [InlineData("user:alice -verb:get", "user:alice -verb:get")]
    public void Query_expands_to_plain_fields(string query, string expanded)
    {
        var root = QueryParser.Parse(query).Root.ShouldNotBeNull();

        QueryPrinter.Print(QueryExpander.Expand(root)).ShouldBe(expanded);
    }

    [Fact]
    public void Negation_binds_closer_than_and_closer_than_or()
    {
        var root = QueryParser.Parse("-a b OR c").Root;

        root.ShouldBe(QueryNodes.Any([QueryNodes.All([new NotNode(Word("a")), Word("b")]), Word("c")]));
    }

    [Theory]
    [InlineData("a", "a OR b", false)]
    [InlineData("(a b) c", "a (b c)", true)]
    [InlineData("u:x", "user:x", true)]
    [InlineData("user:(a,b)", "user:(b,a)", false)]
    public void Trees_are_equal_when_they_mean_the_same_text(string one, string other, bool equal)
    {
        var (a, b) = (QueryParser.Parse(one).Root.ShouldNotBeNull(), QueryParser.Parse(other).Root.ShouldNotBeNull());

        a.Equals(b).ShouldBe(equal);
        if (equal)
        {
            a.GetHashCode().ShouldBe(b.GetHashCode());
        }
    }

    [Fact]
    public void Wildcards_stand_only_in_bare_values()
    {
        Value("name:web-*").HasWildcards.ShouldBeTrue();
        Value("name:web-?").HasWildcards.ShouldBeTrue();
        Value("name:\"web-*\"").HasWildcards.ShouldBeFalse();
        Value("name:web").HasWildcards.ShouldBeFalse();
    }

    [Fact]
    public void Body_path_is_canonical_and_splits_back()
    {
        var node = QueryParser.Parse("body.metadata.labels.\"app.kubernetes.io/name\":web").Root.ShouldBeOfType<FieldNode>();

        node.Path.ShouldBe("metadata.labels.\"app.kubernetes.io/name\"");
        QueryPath.Split(node.Path).ShouldBe(["metadata", "labels", "app.kubernetes.io/name"]);
        QueryPath.Split("").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("web-1", false)]
    [InlineData("system:node:a", true)]
    [InlineData("a b", true)]
    [InlineData("a*", true)]
    [InlineData("!=a", true)]
    [InlineData(">a", true)]
    [InlineData("-a", true)]
    [InlineData("a..b", true)]
    [InlineData("OR", true)]
    [InlineData("", true)]
    public void Exact_value_is_quoted_only_where_it_must(string text, bool quoted) => QueryValue.Exact(text).ShouldBe(new QueryValue(text, quoted));

    [Fact]
    public void Printer_quotes_what_a_bare_word_cannot_say()
    {
        QueryPrinter.Print(QueryNodes.Field("user", QueryOperator.Any, new QueryValue("a b", false))).ShouldBe("user:\"a b\"");
        QueryPrinter.Print(new TextNode(new QueryValue("OR", false))).ShouldBe("\"OR\"");
        QueryPrinter.Print(new NotNode(AllNode.Instance)).ShouldBe("-*");
    }

    private static TextNode Word(string text) => new(new QueryValue(text, false));

    private static QueryValue Value(string query) => QueryParser.Parse(query).Root.ShouldBeOfType<FieldNode>().Values[0];
}
