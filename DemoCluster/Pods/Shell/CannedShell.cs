using System.Text;

namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>
/// A shell that seems to run in a container. It knows <see cref="ShellCommands"/>, lists (<c>; &amp;&amp; ||</c>), pipes and
/// redirections; nothing it does leaves it.
/// </summary>
internal sealed class CannedShell(PodMachine machine)
{
    // sh -c "sh -c …" in itself comes to an end.
    private const int Deepest = 8;

    private int _depth;

    public PodMachine Machine => machine;

    public string Folder { get; set; } = "/";

    public int LastCode { get; private set; }

    /// <summary>Set by <c>exit</c>: the shell is over.</summary>
    public bool HasExited { get; set; }

    /// <summary>Set when a command wanted input that nobody has read yet: who has any may run the command again with it.</summary>
    public bool InputWanted { get; private set; }

    /// <summary>Runs a program with its arguments, as exec does.</summary>
    public ShellResult Run(IReadOnlyList<string> command, string? input)
    {
        var result = _depth >= Deepest ? ShellResult.Fail("sh: too deep", 2) : Nested(command, input);
        LastCode = result.Code;
        return result;
    }

    /// <summary>Runs a line, or several.</summary>
    public ShellResult RunLine(string line, string? input)
    {
        var (output, error, code) = (new StringBuilder(), new StringBuilder(), LastCode);
        var connector = ";";
        try
        {
            // Variables are looked up when their command's turn comes: echo $? after a failure.
            foreach (var (list, next) in Lists(line))
            {
                if (list.Length > 0 && (connector is ";" or "&" || (connector == "&&") == (code == 0)))
                {
                    var result = ShellPipeline.Run(this, ShellWords.Split(list, Variable), input);
                    output.Append(result.Output);
                    error.Append(result.Error);
                    LastCode = code = result.Code;
                }

                if (HasExited)
                {
                    break;
                }

                connector = list.Length > 0 ? next : connector;
            }

            return new ShellResult(output.ToString(), error.ToString(), code);
        }
        catch (FormatException e)
        {
            LastCode = 2;
            return new ShellResult(output.ToString(), $"{error}sh: {e.Message}\n", 2);
        }
    }

    /// <summary>For a command that reads its input.</summary>
    /// <param name="input">Null: nobody has read it yet.</param>
    public string Input(string? input)
    {
        InputWanted |= input is null;
        return input ?? "";
    }

    /// <summary>An absolute path without <c>.</c> and <c>..</c>.</summary>
    public string Resolve(string path) =>
        Path.GetFullPath(path.StartsWith('~') ? "/root" + path[1..] : path, Folder).TrimEnd('/') is { Length: > 0 } full ? full : "/";

    private ShellResult Nested(IReadOnlyList<string> command, string? input)
    {
        _depth++;
        try
        {
            return ShellCommands.Run(this, command, input);
        }
        finally
        {
            _depth--;
        }
    }

    private string Variable(string name) => name == "?" ? LastCode.ToString(System.Globalization.CultureInfo.InvariantCulture) : machine.Environment.GetValueOrDefault(name, "");

    /// <summary>The pipelines of a line, each with the operator after it.</summary>
    private static IEnumerable<(string List, string Next)> Lists(string line)
    {
        var (start, quote) = (0, '\0');
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            if (quote != '\0')
            {
                at += c == '\\' && quote == '"' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == '\\')
            {
                at++;
            }
            else if (Operator(line, at) is { } found)
            {
                yield return (line[start..at].Trim(), found == "\n" ? ";" : found);
                at += found.Length - 1;
                start = at + 1;
            }
        }

        yield return (line[start..].Trim(), ";");
    }

    private static string? Operator(string line, int at) => line[at] switch
    {
        ';' or '\n' => line[at].ToString(),
        '&' when at + 1 < line.Length && line[at + 1] == '&' => "&&",
        '&' when at == 0 || line[at - 1] != '>' => "&",
        '|' when at + 1 < line.Length && line[at + 1] == '|' => "||",
        _ => null,
    };
}
