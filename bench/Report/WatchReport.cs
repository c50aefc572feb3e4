using System.Globalization;
using System.Text;
using KubeLens.Bench.Measure;

namespace KubeLens.Bench.Report;

/// <summary>What an idle watch costs.</summary>
internal sealed class WatchReport(IReadOnlyList<WatchMeasurement> measurements)
{
    private readonly StringBuilder _text = new();

    public string ToMarkdown()
    {
        var largest = measurements.Where(item => item.Protocol == "2").MaxBy(item => item.Watches)!;
        Line($"## Idle watches");
        Line($"");
        Line($"- **{largest.ResidentKibibytes:0.0} KiB** of memory for each of {largest.Watches:#,0} idle watches over HTTP/2");
        Line($"- **{largest.Last / largest.DirectLast:0.0}×** the time of no gateway until one event has reached all of them");
        Line($"");
        Line($"| Protocol | Watches | KiB each | private KiB each | KiB each as opened | event, p50 ms | event, last ms | direct p50 ms | direct last ms | last ÷ direct |");
        Line($"|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var item in measurements)
        {
            Line($"| HTTP/{item.Protocol} | {item.Watches:#,0} | {item.ResidentKibibytes:0.0} | {item.PrivateKibibytes:0.0} | {item.OpenedKibibytes:0.0} | {item.Median:0.0} | {item.Last:0.0} | {item.DirectMedian:0.0} | {item.DirectLast:0.0} | {item.Last / item.DirectLast:0.0}× |");
        }

        Line($"");
        Line($"Resident memory of the gateway's process with the watches over that before, divided by their number; private is what is not a mapped file. The heap was collected before each look but that at the watches as they were opened, 50 at a time; the process was warm before. Each watch has had one event of 1.6 KB. Over HTTP/2 up to 1,000 watches share a connection to the gateway, up to 250 one to the upstream; over HTTP/1.1 each has a TLS connection of its own to the gateway, whose state in the TLS library is about half of its memory. Event times: the middle one of five events to all, with loader and upstream in one process. One gateway process a row, 2 processors, TLS on both sides.");
        Line($"- {MachineFacts.Read(TimeProvider.System)}");
        return _text.ToString();
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
