using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;

namespace KubeLens.Contracts.Tests;

/// <summary>Holds <c>docs/call-record.md</c> against the code: what is in one is in the other.</summary>
public partial class CallRecordDocumentTests
{
    private const int Field = 0, Attribute = 3, Column = 4, Query = 5, Json = 6, Redaction = 7;

    private static readonly string Document = MarkdownTable.Read("call-record.md");
    private static readonly IReadOnlyList<string[]> Rows = MarkdownTable.Rows(Document, "Field");
    private static readonly IReadOnlyList<string[]> Derived = MarkdownTable.Rows(Document, "JSON");

    [Fact]
    public void Every_row_fills_every_cell() => Rows.ShouldAllBe(r => r.Length == 8 && r.All(c => c.Length > 0));

    [Fact]
    public void Fields_are_those_of_the_record()
    {
        var properties = typeof(CallRecord).GetProperties().SelectMany(p => IsPart(p.PropertyType)
            ? p.PropertyType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(part => $"{p.Name}.{part.Name}")
            : [p.Name]);

        Rows.Select(r => MarkdownTable.Codes(r[Field]).ShouldHaveSingleItem()).Order().ShouldBe(properties.Order());
    }

    [Fact]
    public void Attributes_are_those_of_the_contract_and_of_the_log_record()
    {
        var constants = typeof(CallAttributes).GetFields().Concat(typeof(CallFactAttributes).GetFields()).Concat(typeof(CallSessionAttributes).GetFields()).Concat(typeof(CallWatchAttributes).GetFields()).Select(f => (string)f.GetRawConstantValue()!).Where(v => v != CallAttributes.EventName);
        var documented = Rows.Select(r => MarkdownTable.Codes(r[Attribute]).ShouldHaveSingleItem()).ToList();
        var logFields = LogRecord.Descriptor.Fields.InDeclarationOrder().Select(f => f.Name);

        documented.Except(logFields).Order().ShouldBe(constants.Order());
        documented.Intersect(logFields).Order().ShouldBe(["span_id", "time_unix_nano", "trace_id"]);
        Document.ShouldContain($"`{CallAttributes.EventName}`");
    }

    [Fact]
    public void Query_fields_are_those_of_the_language()
    {
        foreach (var row in Rows.Select(r => r[Query]).Concat(Derived.Select(r => r[2])))
        {
            foreach (var name in MarkdownTable.Codes(row))
            {
                var field = QueryFields.Find(name).ShouldNotBeNull(name);
                field.Name.ShouldBe(name);
            }
        }

        var documented = Rows.SelectMany(r => MarkdownTable.Codes(r[Query])).Concat(Derived.SelectMany(r => MarkdownTable.Codes(r[2])));
        QueryFields.All.Select(f => f.Name).ShouldBeSubsetOf(documented);
    }

    [Fact]
    public void Json_names_are_those_of_the_answers()
    {
        var item = Names(typeof(CallItem));
        var details = Names(typeof(CallDetails)).Except(item);
        var cells = Rows.Select(r => r[Json]).Concat(Derived.Select(r => r[0])).Where(c => c != "-").ToList();
        IEnumerable<string> Documented(bool inDetails) => cells.Where(c => c.Contains("*details*", StringComparison.Ordinal) == inDetails).Select(c => MarkdownTable.Codes(c)[0]).Distinct().Order();

        Documented(inDetails: false).ShouldBe(item.Order());
        Documented(inDetails: true).ShouldBe(details.Order());
    }

    [Fact]
    public void Columns_are_snake_case_or_in_the_pack() =>
        Rows.ShouldAllBe(r => r[Column] == "-" || r[Column].StartsWith("pack", StringComparison.Ordinal) || SnakeCase().IsMatch(MarkdownTable.Codes(r[Column])[0]));

    [Fact]
    public void Redaction_classes_are_those_defined()
    {
        var classes = MarkdownTable.Rows(Document, "Class").Select(r => r[0]).ToList();

        Rows.Select(r => r[Redaction]).Distinct().Order().ShouldBe(classes.Order());
    }

    [Fact]
    public void Limits_are_those_of_the_contract()
    {
        Rows.Single(r => r[Field] == "`Position.BatchSize`")[1].ShouldBe($"1 to {CallPosition.MaxBatchSize}");
        Rows.Single(r => r[Field] == "`Object.Message`")[1].ShouldContain($"{CallObject.MaxMessage} characters");
        Derived.Single(r => r[0] == "`id`")[1].ShouldContain($"{CallId.Length} letters and digits");
    }

    private static bool IsPart(Type type) => type == typeof(CallPosition) || type == typeof(CallBody) || type == typeof(CallSide) || type == typeof(CallTimings)
        || type == typeof(CallObject) || type == typeof(CallOptions) || type == typeof(CallListing) || type == typeof(CallAdvice) || type == typeof(CallProgram) || type == typeof(CallSession) || type == typeof(CallWatch);

    private static string[] Names(Type type) => [.. type.GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex SnakeCase();
}
