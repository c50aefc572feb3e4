using System.Text.Json;
using System.Text.RegularExpressions;
using KubeLens.Testing;
using YamlDotNet.RepresentationModel;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>Holds what is in <c>observability/</c> against <c>docs/telemetry.md</c>, and asks Prometheus' own checker.</summary>
public sealed partial class ObservabilityTests
{
    private const string Promtool = "KUBELENS_TEST_PROMTOOL";

    private static readonly string Folder = Path.Combine(TelemetryDocument.Root(), "observability");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Metrics_OfAlertsAndDashboards_AreDocumented()
    {
        var known = TelemetryDocument.Metrics.Values.SelectMany(PrometheusNames)
            .Concat(TelemetryDocument.Metrics.Values.SelectMany(metric => metric.Attributes).Select(Underscored))
            .Append("otel_sdk_processor_span_processed_total")
            .ToHashSet();
        var expressions = Alerts().Select(alert => alert.Expression).Concat(Dashboards().SelectMany(board => Expressions(board, "prometheus"))).ToList();
        expressions.Count.ShouldBeGreaterThan(40);

        foreach (var expression in expressions)
        {
            Names().Matches(expression).Select(match => match.Value).ShouldBeSubsetOf(known, expression);
        }
    }

    [Fact]
    public void Labels_OfTheDashboardOfUsers_AreAttributesOfTheLogRecord()
    {
        var known = TelemetryDocument.AttributesOf("log").Keys.Select(Underscored).ToHashSet();
        var expressions = Dashboards().SelectMany(board => Expressions(board, "loki")).ToList();
        expressions.ShouldNotBeEmpty();
        foreach (var expression in expressions)
        {
            expression.ShouldContain("scope_name=\"KubeLens.Gateway.Calls\"");
            Names().Matches(expression).Select(match => match.Value).ShouldBeSubsetOf(known, expression);
        }
    }

    [Fact]
    public void Alerts_AreInTheRunbook_AndTheOtherWayRound()
    {
        var runbook = File.ReadAllText(Path.Combine(Folder, "runbook.md"));
        Headings().Matches(runbook).Select(match => match.Groups[1].Value).ShouldBe(Alerts().Select(alert => alert.Name));
        foreach (var (name, _, url) in Alerts())
        {
            url.ShouldBe($"observability/runbook.md#{name.ToLowerInvariant()}");
        }
    }

    [Fact]
    public async Task AlertsAndExpressions_AreGoodForPrometheus()
    {
        var promtool = Environment.GetEnvironmentVariable(Promtool) is { Length: > 0 } given ? given : "/usr/bin/promtool";
        Assert.SkipUnless(File.Exists(promtool), $"No promtool: apt-get install prometheus, or {Promtool}");
        using var folder = new TempFolder("promtool");
        var rules = Dashboards().SelectMany(board => Expressions(board, "prometheus")).Select((expression, at) => $"      - {{record: \"r:{at}\", expr: {JsonSerializer.Serialize(Plain(expression))}}}");
        await File.WriteAllTextAsync(folder["dashboards.yaml"], $"groups:\n  - name: dashboards\n    rules:\n{string.Join('\n', rules)}\n", Cancel);
        foreach (string[] arguments in new[] { ["check", "config", "prometheus.yaml"], ["test", "rules", "alerts.test.yaml"], new[] { "check", "rules", folder["dashboards.yaml"] } })
        {
            var result = await TestProcess.RunAsync(new TestCommand(promtool, arguments) { WorkingDirectory = Path.Combine(Folder, "prometheus") }, Cancel);
            result.ExitCode.ShouldBe(0, $"{result.Output}{result.Error}");
        }
    }

    private static IEnumerable<(string Name, string Expression, string Runbook)> Alerts()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, "prometheus", "alerts.yaml"))));
        return ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"]).SelectMany(group => (YamlSequenceNode)group["rules"])
            .Select(rule => ($"{rule["alert"]}", $"{rule["expr"]}", $"{rule["annotations"]["runbook_url"]}"));
    }

    private static IEnumerable<JsonElement> Dashboards() =>
        Directory.GetFiles(Path.Combine(Folder, "grafana", "dashboards"), "*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file)));

    private static IEnumerable<string> Expressions(JsonElement board, string source) => board.GetProperty("panels").EnumerateArray()
        .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
        .Where(target => target.GetProperty("datasource").GetProperty("type").GetString() == source)
        .Select(target => target.GetProperty("expr").GetString()!);

    // As Grafana would fill it in.
    private static string Plain(string expression) => expression.Replace("$cluster", ".*", StringComparison.Ordinal);

    // https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
    private static IEnumerable<string> PrometheusNames(DocumentedMetric metric)
    {
        var suffix = metric.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        var name = Underscored(metric.Name);
        name = name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
        return metric.Instrument switch
        {
            "counter" => [$"{name}_total"],
            "histogram" => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            _ => [name],
        };
    }

    private static string Underscored(string name) => name.Replace('.', '_').Replace('-', '_');

    [GeneratedRegex(@"\b(?:kubelens|k8s|http|otel_sdk|user)_[a-z0-9_]+")]
    private static partial Regex Names();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
