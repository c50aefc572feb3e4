using System.Globalization;

namespace KubeLens.Bench.Storage;

/// <summary>The most resident memory of this process, from /proc (Linux), in bytes.</summary>
internal static class PeakMemory
{
    private const int BytesPerKibibyte = 1024;

    /// <summary>Forgets earlier peaks, once the heap has been collected.</summary>
    /// <returns>What is resident now.</returns>
    public static long Begin()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Read();
    }

    // VmHWM:     12345 kB
    public static long Read() => File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Select(line => long.Parse(line[6..^2], CultureInfo.InvariantCulture) * BytesPerKibibyte).Single();
}
