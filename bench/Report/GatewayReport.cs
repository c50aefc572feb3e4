using System.Globalization;
using System.Text;
using KubeLens.Bench.Load;
using KubeLens.Bench.Measure;

namespace KubeLens.Bench.Report;

/// <summary>The ratios first, then the table they come from, then what was compared on which machine.</summary>
internal sealed class GatewayReport(BenchOptions options, IReadOnlyList<Measurement> measurements)
{
    private readonly StringBuilder _text = new();

    public string ToMarkdown()
    {
        Line($"## Gateway against nginx with Lua body logging");
        Line($"");
        foreach (var shape in LoadShape.All)
        {
            AddRatio(shape);
        }

        Line($"");
        Line($"| Load | Peer | requests/CPU-s | min–max | requests/s | p50 ms | p99 ms | peak MiB |");
        Line($"|---|---|--:|--:|--:|--:|--:|--:|");
        foreach (var group in measurements.GroupBy(item => (item.Shape, item.Peer)).OrderBy(group => group.Key.Shape != LoadShape.Multiplexed).ThenBy(group => group.Key.Peer, StringComparer.Ordinal))
        {
            AddRow(group.Key.Shape, group.Key.Peer, [.. group]);
        }

        Line($"");
        Line($"Medians of {options.Rounds} interleaved rounds of {options.Duration.TotalSeconds:0.#} s after a warm-up of {options.WarmUp.TotalSeconds:0.#} s for each load. CPU-seconds are those of the peer's processes alone, until the last call is recorded. Four of five requests read a ConfigMap of 1.5 KB, the fifth writes it; TLS on both sides; the caller presents a client certificate.");
        foreach (var peer in measurements.GroupBy(item => item.Peer).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Line($"- {peer.Key}: {peer.First().Description}.");
        }

        Line($"- {MachineFacts.Read(TimeProvider.System)}");
        return _text.ToString();
    }

    private void AddRatio(LoadShape shape)
    {
        // Paired within a round: what disturbed one disturbed the other.
        var ratios = measurements.Where(item => item.Shape == shape).GroupBy(item => item.Round)
            .Select(round => round.FirstOrDefault(item => item.Peer == "gateway")?.PerCpuSecond / round.FirstOrDefault(item => item.Peer == "nginx")?.PerCpuSecond)
            .OfType<double>()
            .ToList();
        if (ratios.Count > 0)
        {
            Line($"- **{Median(ratios):0.00}×** nginx's requests per CPU-second, {shape.Name} ({ratios.Min():0.00}–{ratios.Max():0.00})");
        }
    }

    private void AddRow(LoadShape shape, string peer, IReadOnlyList<Measurement> rounds)
    {
        var perCpu = rounds.Select(item => item.PerCpuSecond).OfType<double>().ToList();
        var (cpu, spread) = perCpu.Count > 0 ? (Number(Median(perCpu)), $"{Number(perCpu.Min())}–{Number(perCpu.Max())}") : ("", "");
        var memory = rounds[0].PeakMebibytes is null ? "" : Number(rounds.Max(item => item.PeakMebibytes ?? 0));
        Line($"| {shape.Name} | {peer} | {cpu} | {spread} | {Number(Median(rounds.Select(item => item.Load.PerSecond)))} | {Median(rounds.Select(item => item.Load.MedianMicroseconds / 1000)):0.00} | {Median(rounds.Select(item => item.Load.P99Microseconds / 1000)):0.00} | {memory} |");
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
