using System.Text;

namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>Commands about files.</summary>
internal static class FileCommands
{
    public static ShellResult ChangeFolder(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        var path = shell.Resolve(arguments.Count > 0 ? arguments[0] : "~");
        if (path != "/root" && !shell.Machine.Files.IsFolder(path))
        {
            return ShellResult.Fail($"sh: cd: can't cd to {arguments[0]}: No such file or directory", 2);
        }

        shell.Folder = path;
        return new("");
    }

    public static ShellResult List(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        var (files, isLong) = (shell.Machine.Files, arguments.Any(argument => argument.StartsWith('-') && argument.Contains('l')));
        var (output, error) = (new StringBuilder(), new StringBuilder());
        foreach (var asked in Operands(arguments).DefaultIfEmpty("."))
        {
            var path = shell.Resolve(asked);
            if (files.IsFolder(path))
            {
                foreach (var name in files.List(path).Where(name => !name.StartsWith('.')))
                {
                    output.Append(Entry(name, isLong, files.Read(path.TrimEnd('/') + "/" + name)?.Length ?? 4096));
                }
            }
            else if (files.Read(path) is { } text)
            {
                output.Append(Entry(asked, isLong, text.Length));
            }
            else
            {
                error.Append($"ls: {asked}: No such file or directory\n");
            }
        }

        return new(output.ToString(), error.ToString(), error.Length > 0 ? 1 : 0);
    }

    public static ShellResult Concatenate(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        foreach (var asked in Operands(arguments).DefaultIfEmpty("-"))
        {
            var path = shell.Resolve(asked);
            if (asked == "-")
            {
                output.Append(shell.Input(input));
            }
            else if (shell.Machine.Files.Read(path) is { } text)
            {
                output.Append(text);
            }
            else
            {
                error.Append(shell.Machine.Files.IsFolder(path) ? "cat: read error: Is a directory\n" : $"cat: can't open '{asked}': No such file or directory\n");
            }
        }

        return new(output.ToString(), error.ToString(), error.Length > 0 ? 1 : 0);
    }

    public static ShellResult Touch(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        foreach (var path in Operands(arguments))
        {
            shell.Machine.Files.Write(shell.Resolve(path), "", append: true);
        }

        return new("");
    }

    public static ShellResult Remove(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        var missing = Operands(arguments).Where(path => !shell.Machine.Files.Delete(shell.Resolve(path))).ToList();
        return missing.Count == 0 || arguments.Any(argument => argument is "-f" or "-rf" or "-fr")
            ? new("")
            : new("", string.Concat(missing.Select(path => $"rm: can't remove '{path}': No such file or directory\n")), 1);
    }

    public static IEnumerable<string> Operands(IReadOnlyList<string> arguments) => arguments.Where(argument => argument == "-" || !argument.StartsWith('-'));

    private static string Entry(string name, bool isLong, int size)
    {
        var (bare, isFolder) = (name.TrimEnd('/'), name.EndsWith('/'));
        return isLong ? $"{(isFolder ? "drwxr-xr-x" : "-rw-r--r--")}    1 root     root     {size,9} Jan  1 00:00 {bare}\n" : bare + "\n";
    }
}
