using System.Globalization;

namespace KubeLens.Bench.Measure;

/// <summary>What a process and its descendants have used, from /proc (Linux).</summary>
/// <param name="CpuSeconds">User and system time, ended children included; the kernel counts in steps of 10 ms.</param>
/// <param name="PeakMebibytes">The sum of the processes' peak resident sets.</param>
internal readonly record struct ProcessUsage(double CpuSeconds, double PeakMebibytes)
{
    private const double TicksPerSecond = 100;

    public static ProcessUsage Of(int root)
    {
        var (tree, processes) = Tree(root);
        return new ProcessUsage(
            processes.Where(process => tree.Contains(process.Id)).Sum(process => process.Ticks) / TicksPerSecond,
            tree.Sum(PeakKibibytes) / 1024);
    }

    /// <summary>The process and its descendants.</summary>
    public static IReadOnlyCollection<int> Family(int root) => Tree(root).Family;

    private static (HashSet<int> Family, List<Stat> All) Tree(int root)
    {
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? Read(id) : null)
            .OfType<Stat>()
            .ToList();
        var tree = new HashSet<int> { root };
        while (processes.Any(process => tree.Contains(process.Parent) && tree.Add(process.Id)))
        {
        }

        return (tree, processes);
    }

    private static Stat? Read(int id)
    {
        try
        {
            // 4242 (a name, maybe with blanks) S 1 … utime stime cutime cstime are the fields 14 to 17
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Stat(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null; // It ended while we looked.
        }
    }

    private static double PeakKibibytes(int id)
    {
        try
        {
            // VmHWM:     12345 kB
            return File.ReadLines($"/proc/{id}/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Sum(line => double.Parse(line[6..^2], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private sealed record Stat(int Id, int Parent, long Ticks);
}
