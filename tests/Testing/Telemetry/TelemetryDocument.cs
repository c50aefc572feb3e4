using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace KubeLens.Testing;

/// <summary>The tables of <c>docs/telemetry.md</c>, of the repository that these tests were built from.</summary>
public static partial class TelemetryDocument
{
    /// <summary>All of it.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Combine(Root(), "docs", "telemetry.md"));

    /// <summary>Every metric by its name.</summary>
    public static IReadOnlyDictionary<string, DocumentedMetric> Metrics { get; } = Rows("Metric").ToDictionary(
        row => Codes(row[0]).Single(),
        row => new DocumentedMetric(Codes(row[0]).Single(), Codes(row[1]).Single(), row[2], Codes(row[3]).Single(), Codes(row[4])));

    /// <summary>Names and types of the attributes of a kind of span, or of the log record.</summary>
    public static IReadOnlyDictionary<string, string> AttributesOf(string on) =>
        Rows("Attribute").Where(row => Codes(row[2]).Contains(on)).ToDictionary(row => Codes(row[0]).Single(), row => row[1]);

    /// <summary>An instrument in the words of the document.</summary>
    public static DocumentedMetric Describe(Instrument instrument, IReadOnlyList<string> attributes)
    {
        var type = instrument.GetType();
        var word = type.Name switch
        {
            { } name when name.StartsWith("Histogram", StringComparison.Ordinal) => "histogram",
            { } name when name.Contains("UpDownCounter", StringComparison.Ordinal) => "updown",
            { } name when name.Contains("Counter", StringComparison.Ordinal) => "counter",
            _ => "gauge",
        };
        return new DocumentedMetric(instrument.Name, instrument.Meter.Name, word, instrument.Unit ?? "", attributes);
    }

    private static IEnumerable<string[]> Rows(string firstColumn) => Text.Split('\n')
        .SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal))
        .TakeWhile(line => line.StartsWith('|'))
        .Skip(2)
        .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    private static IReadOnlyList<string> Codes(string cell) => [.. Quoted().Matches(cell).Select(match => match.Groups[1].Value)];

    /// <summary>The repository's folder.</summary>
    public static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "KubeLens.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException($"No KubeLens.sln above {AppContext.BaseDirectory}.");
        }

        return root.FullName;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
