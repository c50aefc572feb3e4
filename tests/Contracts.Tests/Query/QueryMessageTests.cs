using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests.Query;

public class QueryMessageTests
{
    /// <summary>Query, code, the characters the caret stands under, fix.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "usr:alice", "Q101", "usr", "user:alice" },
        { "verb:get namespace:prod", "Q101", "namespace", "verb:get ns:prod" },
        { "user.name:alice", "Q101", "user.name", "user:alice" },
        { "http://example.com/x", "Q101", "http", "\"http://example.com/x\"" },
        { "10.0.0.1:443", "Q101", "10.0.0.1", "\"10.0.0.1:443\"" },
        { ":alice", "Q101", ":", "\":alice\"" },
        { "-usr:alice ns:prod", "Q101", "usr", "-user:alice ns:prod" },
        { "zzzzzz:(a,b) ns:prod", "Q101", "zzzzzz", "\"zzzzzz:(a,b)\" ns:prod" },

        { "user:", "Q102", "user:", "user:*" },
        { "user: alice", "Q102", "user:", "user:alice" },
        { "user: verb:get", "Q102", "user:", "user:* verb:get" },
        { "(user:)", "Q102", "user:", "(user:*)" },
        { "latency:>", "Q102", "latency:>", "latency:*" },
        { "latency:> 5s", "Q102", "latency:>", "latency:>5s" },
        { "verb:() ns:prod", "Q102", "verb:()", "verb:* ns:prod" },
        { "user:\"\"", "Q102", "\"\"", "-user:*" },
        { "\"\" ns:prod", "Q102", "\"\"", "ns:prod" },
        { "status:400..", "Q102", "status:400..", "status:400..*" },
        { "latency:..5s", "Q102", "latency:..5s", "latency:*..5s" },

        { "user:\"alice", "Q103", "\"alice", "user:\"alice\"" },
        { "(ns:prod \"a b", "Q103", "\"a b", "(ns:prod \"a b\")" },
        { "user:(a,\"b", "Q103", "\"b", "user:(a,\"b\")" },
        { "\"a\\", "Q103", "\"a\\", "\"a\\\\\"" },
        { "ns:prod \"", "Q103", "\"", "ns:prod" },

        { "latency:>500", "Q104", "500", "latency:>500ms" },
        { "latency:1s..5", "Q104", "5", "latency:1s..5ms" },
        { "latency:>5sec", "Q104", "5sec", "latency:>5ms" },
        { "respsize:>=64", "Q104", "64", "respsize:>=64B" },
        { "reqsize:64Kb/s", "Q104", "64Kb/s", "reqsize:64B" },

        { "user:>alice", "Q105", ">", "user:alice" },
        { "latency:~50", "Q105", "~", "latency:50" },
        { "verb:=(get,list)", "Q105", "=", "verb:(get,list)" },
        { "user:==alice", "Q105", "=", "user:=alice" },
        { "status:(>400,404)", "Q105", ">", "status:(400,404)" },
        { "user:(a,!=b)", "Q105", "!=", "user:(a,b)" },
        { "user:=!=b", "Q105", "!=", "user:=b" },
        { "status:(>=400,404)", "Q105", ">=", "status:(400,404)" },
        { "status:!=200", "Q105", "!=", "-status:200" },
        { "is:* ns:prod", "Q105", "*", "ns:prod" },
        { "audit:~0190c2d4", "Q105", "~", "audit:0190c2d4" },

        { "(verb:get OR verb:list", "Q106", "(", "(verb:get OR verb:list)" },
        { "((a", "Q106", "(", "((a))" },
        { "verb:(get,list", "Q106", "(", "verb:(get,list)" },
        { "verb:(get,", "Q106", "(", "verb:(get)" },
        { "(", "Q106", "(", "" },
        { "(a (", "Q106", "(", "(a)" },

        { "verb:get)", "Q107", ")", "verb:get" },
        { "verb:get,list", "Q107", ",", "verb:(get,list)" },
        { "user:alice, bob verb:get", "Q107", ",", "user:(alice,bob) verb:get" },
        { "user:alice, verb:get", "Q107", ",", "user:(alice) verb:get" },
        { "user:\"a b\",\"c\", d", "Q107", ",", "user:(\"a b\",\"c\",d)" },
        { "foo,bar", "Q107", ",", "\"foo,bar\"" },
        { ", a", "Q107", ",", "a" },
        { "verb:(get list)", "Q107", "l", "verb:(get,list)" },
        { "verb:(get OR list)", "Q107", "O", "verb:(get,list)" },
        { "verb:(get,,list)", "Q107", ",", "verb:(get,list)" },
        { "verb:(get,)", "Q107", ")", "verb:(get)" },
        { "foo\"bar\"", "Q107", "\"", "foo \"bar\"" },
        { "\"foo\"bar", "Q107", "b", "\"foo\" bar" },
        { "user:alice(verb:get)", "Q107", "(", "user:alice (verb:get)" },
        { "user:a\0b", "Q107", "\0", "user:ab" },
        { "user:a\ud800b", "Q107", "\ud800", "user:ab" },

        { "verb:get OR", "Q108", "OR", "verb:get" },
        { "OR verb:get", "Q108", "OR", "verb:get" },
        { "a OR OR b", "Q108", "OR", "a OR b" },
        { "a AND", "Q108", "AND", "a" },
        { "AND a", "Q108", "AND", "a" },
        { "(OR a)", "Q108", "OR", "(a)" },
        { "a NOT", "Q108", "NOT", "a" },
        { "a -", "Q108", "-", "a" },
        { "a - b", "Q108", "-", "a -b" },
        { "a ()", "Q108", "()", "a" },
        { "a OR ()", "Q108", "()", "a" },

        { "status:abc", "Q109", "abc", "" },
        { "status:4*", "Q109", "4*", "status:4xx" },
        { "status:>none", "Q109", "none", "" },
        { "status:500..400", "Q109", "500..400", "status:400..500" },
        { "latency:fast", "Q109", "fast", "" },
        { "latency:99999999999999d", "Q109", "99999999999999d", "" },
        { "class:wirte", "Q109", "wirte", "class:write" },
        { "is:mutatin", "Q109", "mutatin", "is:mutating" },
        { "audit:123", "Q109", "123", "" },
        { "call:123", "Q109", "123", "" },
        { "trace:xyz", "Q109", "xyz", "" },
        { "span:00", "Q109", "00", "" },
        { "resource:pods/", "Q109", "pods/", "resource:pods" },
        { "resource:.apps", "Q109", ".apps", "resource:*.apps" },
        { "resource:pods/exec/x", "Q109", "pods/exec/x", "resource:pods/exec" },
        { "ip:10.1.0.0/16", "Q109", "10.1.0.0/16", "ip:10.1.*" },
        { "ip:fd00::/8", "Q109", "fd00::/8", "" },

        { "name:~ab", "Q112", "ab", "name:ab*" },
        { "user:\"a\\d\"", "Q113", "\\d", "user:\"a\\\\d\"" },

        { "body:ab", "Q112", "ab", "" },
        { "body:(foo,\"a \")", "Q112", "\"a \"", "" },
        { "body:*ab?cd*", "Q112", "*ab?cd*", "" },
        { "body:=ab", "Q112", "ab", "" },
        { "body:~ab", "Q112", "ab", "" },

        { "time:now-1h verb:get", "Q150", "time", "verb:get" },
        { "verb:get @timestamp:>2026-09-08T10:15", "Q150", "@timestamp", "verb:get" },

        { "name:*x", "Q210", "*x", "name:x" },
        { "name:*ab*", "Q210", "*ab*", "name:ab*" },
        { "name:?", "Q210", "?", "name:*" },
        { "*ab", "Q210", "*ab", "ab" },
        { "resource:*s/exec", "Q210", "*s/exec", "resource:s/exec" },

        { "verb:get verb:list", "W301", "verb:list", "verb:(get,list)" },
        { "verb:get AND ns:x verb:(list,watch)", "W301", "verb:(list,watch)", "verb:(get,list,watch) AND ns:x" },
        { "verb:get -verb:get ns:x", "W301", "-verb:get", "verb:get ns:x" },
        { "-verb:get ns:x verb:get", "W301", "verb:get", "-verb:get ns:x" },
        { "status:404 status:5xx", "W301", "status:5xx", "status:(404,5xx)" },
        { "verb:get or verb:list", "W302", "or", "verb:get OR verb:list" },
        { "a && b", "W302", "&&", "a AND b" },
        { "not verb:get", "W302", "not", "NOT verb:get" },
        { "verb:gte", "W303", "gte", "verb:get" },
        { "status=404 ns:x", "W304", "status=404", "status:404 ns:x" },
        { "latency>5s", "W304", "latency>5s", "latency:>5s" },
        { "u==alice", "W304", "u==alice", "user:alice" },
        { "verb:frobnicate", "W303", "frobnicate", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Wrong_query_says_what_where_and_one_fix(string query, string code, string under, string fix)
    {
        var parsed = QueryParser.Parse(query);

        var message = parsed.Messages.First(m => m.Code == code);
        query.Substring(message.Column, message.Length).ShouldBe(under);
        message.Parameter.ShouldBe("q");
        message.Text.ShouldNotBeNullOrWhiteSpace();
        message.Fix.ShouldBe(fix);
        parsed.HasErrors.ShouldBe(code[0] == 'Q');
    }

    [Fact]
    public void Fix_applied_does_not_repeat_its_message() => Cases.Select(c => c.Data).ShouldAllBe(c => QueryParser.Parse(c.Item4).Messages.All(m => m.Code != c.Item2));

    [Fact]
    public void Long_query_says_where_it_should_have_ended()
    {
        var message = QueryParser.Parse(new string('a', QueryParser.MaxLength + 10)).Messages.ShouldHaveSingleItem();

        message.Code.ShouldBe("Q110");
        message.Column.ShouldBe(QueryParser.MaxLength);
        message.Length.ShouldBe(10);
        QueryParser.Parse(new string('a', QueryParser.MaxLength)).HasErrors.ShouldBeFalse();
    }

    [Fact]
    public void Many_terms_are_refused_at_the_first_too_many()
    {
        var most = string.Join(' ', Enumerable.Repeat("a", QueryParser.MaxTerms));

        QueryParser.Parse(most).HasErrors.ShouldBeFalse();
        var message = QueryParser.Parse(most + " b").Messages.ShouldHaveSingleItem();
        message.Code.ShouldBe("Q110");
        message.Column.ShouldBe(most.Length + 1);
    }

    [Fact]
    public void Long_list_counts_every_value()
    {
        var list = $"verb:({string.Join(',', Enumerable.Repeat("get", QueryParser.MaxTerms + 1))})";

        QueryParser.Parse(list).Messages.ShouldContain(m => m.Code == "Q110");
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(::((")]
    [InlineData(")")]
    [InlineData("-")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("a.\"")]
    [InlineData("body.\"a\".")]
    [InlineData("usr:")]
    [InlineData("usr:a ")]
    [InlineData("user:(")]
    [InlineData("verb:(a,")]
    [InlineData("verb:gte OR ")]
    [InlineData("verb:get verb:list ")]
    [InlineData("NOT kind:sa OR ")]
    [InlineData("1..")]
    [InlineData("status:1..")]
    [InlineData("*")]
    [InlineData("name:*")]
    [InlineData("or ")]
    public void Longest_rubbish_is_answered(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, QueryParser.MaxLength / piece.Length));

        var parsed = QueryParser.Parse(text);

        parsed.Messages.Count.ShouldBeLessThanOrEqualTo(32);
        parsed.HasErrors.ShouldBe(parsed.Messages.Any(m => m.IsError));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("NOT ", "")]
    public void Deep_nesting_is_refused(string open, string close)
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "a" + string.Concat(Enumerable.Repeat(close, depth));

        QueryParser.Parse(Nested(QueryParser.MaxDepth)).HasErrors.ShouldBeFalse();
        var message = QueryParser.Parse(Nested(QueryParser.MaxDepth + 1)).Messages.ShouldHaveSingleItem();
        message.Code.ShouldBe("Q111");
        message.Column.ShouldBe((QueryParser.MaxDepth + 1) * open.Length);
    }

    [Fact]
    public void Several_mistakes_are_told_together_in_order()
    {
        var parsed = QueryParser.Parse("usr:a latency:>5 status:abc");

        parsed.Messages.Select(m => m.Code).ShouldBe(["Q101", "Q104", "Q109"]);
        parsed.Root.ShouldBeNull();
    }

    [Theory]
    [InlineData("(status=404)")]
    [InlineData("((verb:gte))")]
    [InlineData("(a or b)")]
    [InlineData("((verb:get verb:list))")]
    public void Warning_inside_parentheses_is_told_once(string query) => QueryParser.Parse(query).Messages.ShouldHaveSingleItem().IsError.ShouldBeFalse();

    [Fact]
    public void Endless_mistakes_are_cut_short()
    {
        var parsed = QueryParser.Parse(string.Join(' ', Enumerable.Repeat("usr:a", 200)));

        parsed.Messages.Count.ShouldBe(16);
        parsed.HasErrors.ShouldBeTrue();
    }

    [Fact]
    public void Endless_warnings_leave_the_whole_query()
    {
        var parsed = QueryParser.Parse(string.Join(" OR ", Enumerable.Repeat("verb:gte", 100)) + " OR ns:prod");

        parsed.HasErrors.ShouldBeFalse();
        parsed.Messages.Count.ShouldBe(16);
        parsed.Root.ShouldBeOfType<OrNode>().Items.Length.ShouldBe(101);
        QueryParser.Parse(string.Join(" OR ", Enumerable.Repeat("verb:gte", 100)) + " OR usr:prod").HasErrors.ShouldBeTrue();
    }
}
