using System.Globalization;
using System.Text;
using KubeLens.Bench.Corpus;
using KubeLens.Bench.Search;

namespace KubeLens.Bench.Report;

/// <summary>How long questions took.</summary>
internal sealed class SearchReport(BenchOptions options, SearchMeasurement measured)
{
    private readonly StringBuilder _text = new();

    public string ToMarkdown()
    {
        var slowest = measured.Timings.MaxBy(timing => SearchTiming.Percentile(timing.All, 0.95))!;
        var all = measured.Timings.Select(timing => SearchTiming.Percentile(timing.All, 0.5)).Order().ToList();
        var lines = SearchTiming.Percentile(Named("by an audit-id without its time, that there is not").All, 0.5);
        Line($"## Search");
        Line($"");
        Line($"- **{measured.LogSeconds * 1_000 * measured.Calls / measured.LogCalls / lines:#,0}×** faster than zgrep through the audit log of as many calls, for an audit-id that there is not: {lines:0.0} ms over {measured.Calls:#,0} calls, and {measured.LogSeconds:0.0} s for a log of {measured.LogCalls:#,0} ({measured.LogBytes / 1048576.0:#,0} MiB of gzip -6)");
        Line($"- p95 of the slowest question over all calls: **{SearchTiming.Percentile(slowest.All, 0.95):0} ms** ({slowest.Name}); the median question's median: {SearchTiming.Percentile(all, 0.5):0.0} ms");
        Line($"");
        Line($"| Question, ms: p50 / p95 | rows | sealed | all | all, {measured.Ingested:#,0} calls/s stored meanwhile |");
        Line($"|---|--:|--:|--:|--:|");
        foreach (var timing in measured.Timings)
        {
            Line($"| {timing.Name} | {Cell(timing.Hot)} | {Cell(timing.Sealed)} | {Cell(timing.All)} | {Cell(timing.WhileIngesting)} |");
        }

        Line($"");
        Line($"{measured.Calls:#,0} generated calls (seed {options.Seed}), {measured.Hot:#,0} of them rows and the others sealed, {measured.Bytes / 1048576.0:#,0} MiB of database. They were made, stored in batches of {CallFiller.BatchSize} and sealed at {measured.Calls / measured.FillSeconds:#,0} calls/s. Each question is asked over the API about another call drawn at random, in {options.Rounds} rounds after one that is not measured, over the whole range of its column; a page has 100 calls; the time is from the request to the last byte of the answer. Loader, Store and PostgreSQL (as it is installed, without tuning) share the machine.");
        Line($"- {MachineFacts.Read(TimeProvider.System)}");
        return _text.ToString();
    }

    private SearchTiming Named(string name) => measured.Timings.Single(timing => timing.Name == name);

    private static string Cell(IReadOnlyList<double> sorted) => sorted.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{SearchTiming.Percentile(sorted, 0.5):0.0} / {SearchTiming.Percentile(sorted, 0.95):0.0}");

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
