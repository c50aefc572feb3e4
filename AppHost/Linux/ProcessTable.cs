using System.Globalization;

namespace KubeLens.AppHost.Linux;

/// <summary>Reads <c>/proc</c>. What ends while we look, or belongs to somebody else, counts as not there.</summary>
internal static class ProcessTable
{
    public static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);

    /// <summary>The processes whose current folder is <paramref name="folder"/>: PostgreSQL's all work in their data folder.</summary>
    public static IReadOnlyList<int> WorkingIn(string folder) =>
        [.. All().Where(id => LinkTarget($"/proc/{id}/cwd") is { } target && (target == folder || target == folder + " (deleted)"))];

    public static string? Name(int process) => Text($"/proc/{process}/comm")?.TrimEnd('\n');

    public static IReadOnlyList<string> CommandLine(int process) => Text($"/proc/{process}/cmdline")?.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static string? LinkTarget(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
