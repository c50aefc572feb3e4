using System.Globalization;
using System.Text;
using KubeLens.Bench.Corpus;
using KubeLens.Bench.Ingest;

namespace KubeLens.Bench.Report;

/// <summary>How fast calls were stored.</summary>
internal sealed class IngestReport(BenchOptions options, IReadOnlyList<IngestRound> rounds)
{
    private readonly StringBuilder _text = new();

    public string ToMarkdown()
    {
        var copies = Of(IngestWay.Copy);
        Line($"## Ingest");
        Line($"");
        foreach (var (way, name) in ((IngestWay, string)[])[(IngestWay.OneSender, "one gateway"), (IngestWay.Senders, $"{IngestBenchmark.Senders} gateways at once")])
        {
            var ratios = Of(way).Zip(copies, (ours, copy) => ours.PerSecond / copy.PerSecond).Order().ToList();
            Line($"- **{Median(ratios):0.00}×** the calls per second of COPY of the same rows that are ready, {name} ({ratios[0]:0.00}–{ratios[^1]:0.00})");
        }

        Line($"");
        Line($"| Way | calls/s | min–max | µs of Store's processor a call | µs of PostgreSQL's |");
        Line($"|---|--:|--:|--:|--:|");
        Row("COPY of rows and packs that are ready, one connection", copies, isCopy: true);
        Row("`POST /v1/logs`, one gateway", Of(IngestWay.OneSender));
        Row($"`POST /v1/logs`, {IngestBenchmark.Senders} gateways at once", Of(IngestWay.Senders));
        Line($"");
        Line($"Medians of {rounds.Count / 3} rounds of {copies[0].Calls:#,0} generated calls (seed {options.Seed}) after {IngestBenchmark.WarmUpRounds} that are not measured; in each, half of the calls come from one gateway, the others from {IngestBenchmark.Senders}, and COPY takes all of them. Deliveries of {IngestBenchmark.BatchSize:#,0} calls with headers and bodies, gzip, are decompressed, parsed, looked up in the dictionaries, entered in the ledger, packed, copied, told to followers and counted in rollups; COPY only copies. {CallCorpus.CallsPerSecond:0} calls a second of the cluster's time, so a delivery has ten seconds of one's calls. PostgreSQL as it is installed, without tuning; senders, Store and PostgreSQL share the machine.");
        Line($"- {MachineFacts.Read(TimeProvider.System)}");
        return _text.ToString();
    }

    private List<IngestRound> Of(IngestWay way) => [.. rounds.Where(round => round.Way == way)];

    private void Row(string name, List<IngestRound> of, bool isCopy = false)
    {
        var rates = of.Select(round => round.PerSecond).Order().ToList();
        var store = isCopy ? "" : string.Create(CultureInfo.InvariantCulture, $"{Median([.. of.Select(round => round.StoreCpuSeconds * 1e6 / round.Calls).Order()]):0}");
        Line($"| {name} | {Median(rates):#,0} | {rates[0]:#,0}–{rates[^1]:#,0} | {store} | {Median([.. of.Select(round => round.PostgresCpuSeconds * 1e6 / round.Calls).Order()]):0} |");
    }

    private static double Median(IReadOnlyList<double> sorted) => sorted[sorted.Count / 2];

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
