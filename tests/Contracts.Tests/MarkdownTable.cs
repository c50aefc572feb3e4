using System.Text.RegularExpressions;

namespace KubeLens.Contracts.Tests;

/// <summary>The tables of a document in <c>docs/</c>.</summary>
internal static partial class MarkdownTable
{
    /// <summary>The text of a document of the repository that these tests were built from.</summary>
    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder("docs"), name));

    /// <summary>A folder of that repository.</summary>
    public static string Folder(string path)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "KubeLens.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException($"No KubeLens.sln above {AppContext.BaseDirectory}.");
        }

        return Path.Combine(root.FullName, path);
    }

    /// <summary>The rows, without its head, of the table whose first column has that title; a cell is what stands between two bars.</summary>
    public static IReadOnlyList<string[]> Rows(string document, string firstColumn) =>
    [
        .. document.Split('\n')
            .SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim().Trim('|').Replace("\\|", "¦", StringComparison.Ordinal).Split('|').Select(cell => cell.Trim().Replace('¦', '|')).ToArray()),
    ];

    /// <summary>What stands in back-quotes in a cell.</summary>
    public static IReadOnlyList<string> Codes(string cell) => [.. Quoted().Matches(cell).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
