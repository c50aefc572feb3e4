using System.Text;

namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>Runs <c>a | b > file</c>: each command's output is the next one's input.</summary>
internal static class ShellPipeline
{
    public static ShellResult Run(CannedShell shell, IReadOnlyList<ShellWord> words, string? input)
    {
        var error = new StringBuilder();
        var result = new ShellResult("");
        for (var at = 0; at < words.Count; at++)
        {
            var stage = words.Skip(at).TakeWhile(word => word is not { IsOperator: true, Text: "|" }).ToList();
            var first = at == 0;
            at += stage.Count;
            result = Stage(shell, stage, first ? input : result.Output);
            error.Append(result.Error);
        }

        return result with { Error = error.ToString() };
    }

    private static ShellResult Stage(CannedShell shell, List<ShellWord> words, string? input)
    {
        var arguments = new List<string>();
        var redirections = new List<(string Operator, string Path)>();
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsOperator)
            {
                arguments.Add(words[i].Text);
            }
            else if (words[i].Text == "2>&1")
            {
                redirections.Add((words[i].Text, ""));
            }
            else if (i + 1 < words.Count)
            {
                redirections.Add((words[i].Text, shell.Resolve(words[++i].Text)));
            }
            else
            {
                throw new FormatException("syntax error: unexpected newline");
            }
        }

        return arguments.Count == 0 ? new ShellResult("") : Redirect(shell, shell.Run(arguments, input), redirections);
    }

    private static ShellResult Redirect(CannedShell shell, ShellResult result, List<(string Operator, string Path)> redirections)
    {
        foreach (var (kind, path) in redirections)
        {
            if (kind == "2>&1")
            {
                result = result with { Output = result.Output + result.Error, Error = "" };
                continue;
            }

            if (!shell.Machine.Files.Write(path, kind == "2>" ? result.Error : result.Output, append: kind == ">>"))
            {
                return ShellResult.Fail($"sh: can't create {path}: No space left on device");
            }

            result = kind == "2>" ? result with { Error = "" } : result with { Output = "" };
        }

        return result;
    }
}
