using System.Globalization;
using System.Runtime.InteropServices;

namespace KubeLens.Bench.Report;

/// <summary>The machine and the day: figures mean nothing without them.</summary>
internal static class MachineFacts
{
    public static string Read(TimeProvider time)
    {
        var model = Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = double.Parse((Field("/proc/meminfo", "MemTotal") ?? "0 kB").Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} × {model}, {memory:0} GiB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}; loader and upstream share the machine.");
    }

    private static string? Field(string file, string name)
        => File.ReadLines(file).Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()).FirstOrDefault();
}
