using System.Globalization;
using KubeLens.Bench.Load;

namespace KubeLens.Bench.Measure;

/// <summary>One peer under one load in one round.</summary>
internal sealed record Measurement(int Round, string Peer, string Description, LoadShape Shape, LoadResult Load, double? CpuSeconds, double? PeakMebibytes)
{
    public double? PerCpuSecond => Load.Requests / CpuSeconds;

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"round {Round} {Peer,-8} {Shape.Name}: {Load.PerSecond:0} requests/s, {CpuSeconds ?? 0:0.00} CPU-s, {PerCpuSecond ?? 0:0} requests/CPU-s");
}
