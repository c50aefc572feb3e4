using System.Globalization;

namespace KubeLens.Bench.Measure;

/// <summary>What a process and its descendants hold now, from /proc (Linux), in KiB.</summary>
/// <param name="Resident">All resident pages.</param>
/// <param name="Private">Those of its own: not files, not shared. A mapped spool segment is a file.</param>
internal readonly record struct ProcessMemory(double Resident, double Private)
{
    public static ProcessMemory Of(int root)
    {
        var family = ProcessUsage.Family(root);
        return new ProcessMemory(family.Sum(id => Kibibytes(id, "Rss:")), family.Sum(id => Kibibytes(id, "Anonymous:")));
    }

    private static double Kibibytes(int id, string field)
    {
        try
        {
            // Rss:               54321 kB
            return File.ReadLines($"/proc/{id}/smaps_rollup").Where(line => line.StartsWith(field, StringComparison.Ordinal)).Sum(line => double.Parse(line[field.Length..^2], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0; // It ended while we looked.
        }
    }
}
