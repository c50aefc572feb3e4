using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests.Query;

public class QueryFieldsTests
{
    private const string Names =
        "user groups as ip ua verb class resource group version sub ns name path method status reason latency upstream reqsize respsize audit call trace span cluster gateway tls cipher alpn sni peer caller pod node is kind sa client session uid rv selector fieldmanager dryrun warning decision has body changed";

    [Fact]
    public void Fields_are_all_there() => QueryFields.All.Select(f => f.Name).Order().ShouldBe(Names.Split(' ').Order());

    [Fact]
    public void Names_and_aliases_are_found_in_any_case_and_never_twice()
    {
        foreach (var field in QueryFields.All)
        {
            field.Aliases.Append(field.Name).ShouldAllBe(n => QueryFields.Find(n.ToUpperInvariant()) == field);
        }

        QueryFields.All.SelectMany(f => f.Aliases.Append(f.Name)).ShouldBeUnique();
        QueryFields.Find("usr").ShouldBeNull();
    }

    [Theory]
    [InlineData("u", "user")]
    [InlineData("v", "verb")]
    [InlineData("r", "resource")]
    [InlineData("n", "ns")]
    [InlineData("s", "status")]
    public void Alias_means_its_field(string alias, string name) => QueryFields.Find(alias)!.Name.ShouldBe(name);

    [Fact]
    public void Only_some_text_differs_by_case()
    {
        string[] sensitive = ["user", "name", "ua", "path", "groups", "as", "pod", "node"];
        string[] insensitive = ["verb", "resource", "group", "ns", "method", "sub", "version", "reason", "ip"];

        sensitive.ShouldAllBe(n => QueryFields.Find(n)!.CaseSensitive);
        insensitive.ShouldAllBe(n => !QueryFields.Find(n)!.CaseSensitive);
    }

    [Fact]
    public void Flags_are_all_there()
    {
        QueryFields.Find("is")!.Choices.ShouldBe(["mutating", "denied", "slow", "watch", "exec", "secret", "inflight", "truncated", "deprecated", "bypass", "conflict", "plaintext", "unverified", "gone", "system"]);
        QueryFields.Find("has")!.Choices.ShouldBe(["body", "diff", "trace", "audit", "note"]);
    }

    [Fact]
    public void Every_field_parses_with_each_operator_it_allows()
    {
        foreach (var field in QueryFields.All)
        {
            field.Operators.ShouldNotBeEmpty();
            if (field.Operators.Contains(QueryOperator.Present))
            {
                QueryParser.Parse($"{field.Name}:*").Root.ShouldBe(QueryNodes.Field(field.Name, QueryOperator.Present));
            }
        }
    }

    [Fact]
    public void Hints_are_no_names() =>
        QueryFields.All.SelectMany(f => f.Hints).ShouldAllBe(h => QueryFields.Find(h) == null && !QueryFields.MeansTime(h));
}
