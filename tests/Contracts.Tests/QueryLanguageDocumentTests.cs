using System.Globalization;
using System.Text.RegularExpressions;
using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Tests;

/// <summary>Holds <c>docs/query-language.md</c> against the parser: codes, fields and examples.</summary>
public partial class QueryLanguageDocumentTests
{
    private static readonly string[] CodesOfTheStore = ["Q160", "Q161", "Q162", "Q163", "Q164", "Q165", "Q166", "Q167", "Q168", "Q172", "Q173", "Q175", "Q176", "Q177", "Q178", "Q179", "Q220", "Q221", "Q230"];
    private static readonly string Document = MarkdownTable.Read("query-language.md");
    private static readonly IReadOnlyList<string[]> Messages = MarkdownTable.Rows(Document, "Code");

    [Fact]
    public void Codes_are_those_that_the_parser_can_answer()
    {
        var sources = Directory.GetFiles(MarkdownTable.Folder("Contracts/Query"), "*.cs").SelectMany(f => QuotedCode().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct();

        Messages.Select(r => r[0]).Except(CodesOfTheStore).Order().ShouldBe(sources.Order());
        CodesOfTheStore.ShouldBeSubsetOf(Messages.Select(r => r[0]));
    }

    [Fact]
    public void Codes_have_a_test_each()
    {
        var tested = Query.QueryMessageTests.Cases.Select(c => c.Data.Item2).Distinct();
        string[] elsewhere = ["Q110", "Q111", "Q151", "Q152", "Q153"];

        tested.Concat(elsewhere).Order().ShouldBe(Messages.Select(r => r[0]).Except(CodesOfTheStore).Order());
    }

    [Fact]
    public void Examples_of_messages_answer_them_with_their_fix()
    {
        foreach (var row in Messages.Where(r => r[2] != "-"))
        {
            var message = QueryParser.Parse(Code(row[2])).Messages.ShouldHaveSingleItem(row[0]);

            message.Code.ShouldBe(row[0]);
            message.Fix.ShouldBe(Code(row[3]));
            QueryParser.Parse(message.Fix).Messages.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Example_queries_parse_without_a_word()
    {
        var examples = MarkdownTable.Rows(Document, "Query").Concat(MarkdownTable.Rows(Document, "Query of bodies")).Select(r => Code(r[0])).ToList();

        examples.Count.ShouldBeGreaterThan(25);
        examples.ShouldAllBe(q => QueryParser.Parse(q).Messages.Count == 0);
    }

    [Fact]
    public void Fields_are_those_of_the_parser()
    {
        var rows = MarkdownTable.Rows(Document, "Field");

        rows.Select(r => Code(r[0])).Order().ShouldBe(QueryFields.All.Select(f => f.Name).Order());
        foreach (var row in rows)
        {
            var field = QueryFields.Find(Code(row[0]))!;
            MarkdownTable.Codes(row[1]).ShouldBe(field.Aliases);
            if (field.Kind == QueryKind.Choice)
            {
                MarkdownTable.Codes(row[2]).ShouldBe(field.Choices);
            }
        }
    }

    [Fact]
    public void Flags_are_those_of_the_parser()
    {
        var terms = MarkdownTable.Rows(Document, "Term").Select(r => Code(r[0])).ToList();
        var fields = new[] { QueryFields.Find("class")!, QueryFields.Find("is")! };

        MarkdownTable.Rows(Document, "Kind").Select(r => Code(r[0])).ShouldBe(QueryFields.Find("kind")!.Choices.Select(c => $"kind:{c}"));
        terms.Order().ShouldBe(fields.SelectMany(f => f.Choices.Select(c => $"{f.Name}:{c}")).Order());
    }

    [Fact]
    public void Meaning_of_flags_is_what_they_expand_to()
    {
        foreach (var row in MarkdownTable.Rows(Document, "Term").Concat(MarkdownTable.Rows(Document, "Kind")).Where(r => MarkdownTable.Codes(r[1]).Count == 1 && !r[1].Contains("and not", StringComparison.Ordinal)))
        {
            var meaning = QueryParser.Parse(Code(row[1])).Root!;
            var flag = QueryParser.Parse(Code(row[0])).Root!;

            QueryPrinter.Print(QueryExpander.Expand(flag)).ShouldBe(QueryPrinter.Print(QueryExpander.Expand(meaning)));
        }
    }

    [Fact]
    public void Examples_of_times_are_read()
    {
        var now = new DateTimeOffset(2026, 9, 9, 10, 0, 0, TimeSpan.Zero);
        var examples = MarkdownTable.Rows(Document, "Time").Select(r => Code(r[0])).ToList();

        examples.Count.ShouldBe(10);
        examples.Where(t => !TimeExpression.TryParse(t, TimeEdge.From, now, TimeZoneInfo.Utc, out _, out _)).ShouldBeEmpty();
    }

    [Fact]
    public void Limits_are_those_of_the_parser()
    {
        Means("Q110").ShouldContain($"{QueryParser.MaxLength} characters, or {QueryParser.MaxTerms} terms");
        Means("Q111").ShouldContain(QueryParser.MaxDepth.ToString(CultureInfo.InvariantCulture));
        Document.ShouldContain($"`from` (default `{TimeRange.DefaultFrom}`) and `to` (default `{TimeRange.DefaultTo}`)");
    }

    [Fact]
    public void Fields_said_to_differ_by_case_are_those_that_do()
    {
        var line = Document.Split('\n').Single(l => l.StartsWith("- Field names are read in any case.", StringComparison.Ordinal));

        MarkdownTable.Codes(line).Order().ShouldBe(QueryFields.All.Where(f => f.CaseSensitive).Select(f => f.Name).Order());
    }

    private static string Means(string code) => Messages.Single(r => r[0] == code)[1];

    private static string Code(string cell) => MarkdownTable.Codes(cell)[0];

    [GeneratedRegex("\"([QW][0-9]{3})\"")]
    private static partial Regex QuotedCode();
}
