using System.Globalization;

namespace KubeLens.DemoCluster.Pods.Logs;

/// <summary>A line of a log: <c>2026-11-24T03:12:09.123456789Z text</c>.</summary>
internal readonly record struct LogLine(DateTimeOffset Time, string Stamped)
{
    public string Text => Stamped[(Stamped.IndexOf(' ') + 1)..];

    public static LogLine Parse(string line)
    {
        var space = line.IndexOf(' ');
        var stamp = space < 0 ? line : line[..space];
        return DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new LogLine(time, line)
            : throw new FormatException($"a log line has to begin with an RFC 3339 time and a space: \"{line}\"");
    }
}
