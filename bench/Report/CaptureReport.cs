using System.Globalization;
using System.Text;
using KubeLens.Bench.Capture;

namespace KubeLens.Bench.Report;

/// <summary>What capturing a call costs.</summary>
internal sealed class CaptureReport(BenchOptions options, IReadOnlyList<CaptureMeasurement> measurements)
{
    private readonly StringBuilder _text = new();

    public string ToMarkdown()
    {
        var dearest = measurements.Where(item => item.ReadMicroseconds is not null).MaxBy(item => item.Microseconds / item.ReadMicroseconds)!;
        Line($"## Cost of capturing a call");
        Line($"");
        Line($"- **{dearest.Microseconds / dearest.ReadMicroseconds:0.0}×** the time of one pass of .NET's JSON reader over the same bytes, at most ({dearest.Name})");
        Line($"");
        Line($"| Response | wire bytes | record bytes | µs | µs of one read | ÷ read | allocated bytes |");
        Line($"|---|--:|--:|--:|--:|--:|--:|");
        foreach (var item in measurements)
        {
            Line($"| {item.Name} | {item.WireBytes:#,0} | {item.RecordBytes:#,0} | {item.Microseconds:#,0.0} | {item.ReadMicroseconds:#,0.0} | {(item.ReadMicroseconds is { } read ? FormattableString.Invariant($"{item.Microseconds / read:0.00}×") : "")} | {item.AllocatedBytes:#,0} |");
        }

        Line($"");
        Line($"One thread, no network: target and headers read and redacted, the body parsed, redacted and cut, the facts in it read, all of it encoded as an OTLP record. Medians of {options.Rounds} rounds of {options.Duration.TotalSeconds:0.#} s a case after a warm-up of {options.WarmUp.TotalSeconds:0.#} s, half of it each for the gateway's work and for a `Utf8JsonReader` over the bytes below the cap, which does nothing with them. A watch's figures are those of one of {CaptureCases.All[^1].Events} events; counted is what each of them costs as it passes, which is before its bytes may go on.");
        Line($"- {MachineFacts.Read(TimeProvider.System)}");
        return _text.ToString();
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
