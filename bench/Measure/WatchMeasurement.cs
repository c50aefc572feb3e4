using System.Globalization;

namespace KubeLens.Bench.Measure;

/// <summary>So many idle watches: what each costs over the idle gateway, and when all had one event, in milliseconds, through it and directly.</summary>
internal sealed record WatchMeasurement(string Protocol, int Watches, double ResidentKibibytes, double PrivateKibibytes, double OpenedKibibytes, double Median, double Last, double DirectMedian, double DirectLast)
{
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Watches} watches over HTTP/{Protocol}: {ResidentKibibytes:0.0} KiB each ({PrivateKibibytes:0.0} private, {OpenedKibibytes:0.0} as opened), event to all in {Last:0.0} ms, directly {DirectLast:0.0} ms");
}
