namespace KubeLens.Bench.Report;

/// <summary>docs/benchmarks.md: each benchmark owns the section between its two marks.</summary>
internal static class BenchmarkDocument
{
    private const string Introduction = "# Benchmarks\n\nMeasured by `./bench.sh`, which writes these sections with `--write`.\n";

    public static void Write(string name, string report)
    {
        var file = Path.Combine(Repository.Root, "docs", "benchmarks.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Replace(File.Exists(file) ? File.ReadAllText(file) : Introduction, name, report));
    }

    public static string Replace(string text, string name, string report)
    {
        var (begin, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->\n");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        return from >= 0 && to > from
            ? text[..from] + begin + report + text[to..]
            : $"{text}\n{begin}{report}{end}";
    }
}
