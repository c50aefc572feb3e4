using System.Globalization;
using System.Text;

namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>Commands that read files or their input line by line.</summary>
internal static class TextCommands
{
    private const int Lines = 10;

    public static ShellResult Head(CannedShell shell, IReadOnlyList<string> arguments, string? input) =>
        Each(shell, arguments, input, (lines, count) => lines.Take(count));

    public static ShellResult Tail(CannedShell shell, IReadOnlyList<string> arguments, string? input) =>
        Each(shell, arguments, input, (lines, count) => lines.TakeLast(count));

    public static ShellResult Grep(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        var operands = FileCommands.Operands(arguments).ToList();
        if (operands is not [var pattern, .. var files])
        {
            return ShellResult.Fail("Usage: grep [-iv] PATTERN [FILE]...", 2);
        }

        var flags = string.Concat(arguments.Where(argument => argument.StartsWith('-')));
        var comparison = flags.Contains('i') ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var text = FileCommands.Concatenate(shell, files, input);
        var found = Split(text.Output).Where(line => line.Contains(pattern, comparison) != flags.Contains('v')).ToList();
        return new(Join(found), text.Error, found.Count > 0 ? 0 : 1);
    }

    public static ShellResult Count(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        var text = FileCommands.Concatenate(shell, [.. FileCommands.Operands(arguments)], input);
        var lines = text.Output.Count(character => character == '\n');
        var words = text.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var counts = arguments.Contains("-l") ? $"{lines}" : arguments.Contains("-c") ? $"{Encoding.UTF8.GetByteCount(text.Output)}" : $"{lines,7} {words,7} {Encoding.UTF8.GetByteCount(text.Output),7}";
        return text with { Output = counts + "\n" };
    }

    // -n 5, -n5, -5
    private static ShellResult Each(CannedShell shell, IReadOnlyList<string> arguments, string? input, Func<IReadOnlyList<string>, int, IEnumerable<string>> pick)
    {
        var (count, files) = (Lines, new List<string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith('-') || arguments[i] == "-")
            {
                files.Add(arguments[i]);
            }
            else
            {
                var number = arguments[i] == "-n" && i + 1 < arguments.Count ? arguments[++i] : arguments[i].TrimStart('-').TrimStart('n');
                count = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : count;
            }
        }

        var text = FileCommands.Concatenate(shell, files, input);
        return text with { Output = Join(pick(Split(text.Output), count)) };
    }

    private static List<string> Split(string text) => [.. text.TrimEnd('\n').Split('\n').Where((line, at) => at > 0 || line.Length > 0 || text.Length > 0)];

    private static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
