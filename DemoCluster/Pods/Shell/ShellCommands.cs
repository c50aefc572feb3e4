using System.Collections.Frozen;
using System.Globalization;

namespace KubeLens.DemoCluster.Pods.Shell;

/// <summary>The commands that a <see cref="CannedShell"/> knows.</summary>
internal static class ShellCommands
{
    private delegate ShellResult Command(CannedShell shell, IReadOnlyList<string> arguments, string? input);

    private static readonly FrozenDictionary<string, Command> Known = new Dictionary<string, Command>
    {
        ["sh"] = Shell,
        ["ash"] = Shell,
        ["bash"] = Shell,
        ["exit"] = Exit,
        ["true"] = (_, _, _) => new(""),
        ["false"] = (_, _, _) => new("", "", 1),
        [":"] = (_, _, _) => new(""),
        ["sleep"] = (_, _, _) => new(""), // nobody waits for a demo
        ["cd"] = FileCommands.ChangeFolder,
        ["pwd"] = (shell, _, _) => new(shell.Folder + "\n"),
        ["ls"] = FileCommands.List,
        ["cat"] = FileCommands.Concatenate,
        ["touch"] = FileCommands.Touch,
        ["rm"] = FileCommands.Remove,
        ["head"] = TextCommands.Head,
        ["tail"] = TextCommands.Tail,
        ["grep"] = TextCommands.Grep,
        ["wc"] = TextCommands.Count,
        ["echo"] = (_, arguments, _) => arguments is ["-n", ..] ? new(string.Join(' ', arguments.Skip(1))) : new(string.Join(' ', arguments) + "\n"),
        ["export"] = Export,
        ["env"] = (shell, _, _) => Environment(shell),
        ["printenv"] = (shell, arguments, _) => arguments is [var name] ? (shell.Machine.Environment.TryGetValue(name, out var value) ? new(value + "\n") : new("", "", 1)) : Environment(shell),
        ["id"] = (_, _, _) => new("uid=0(root) gid=0(root) groups=0(root)\n"),
        ["whoami"] = (_, _, _) => new("root\n"),
        ["hostname"] = (shell, _, _) => new(shell.Machine.Hostname + "\n"),
        ["uname"] = (shell, arguments, _) => new(arguments.Contains("-a") ? $"Linux {shell.Machine.Hostname} 6.1.0-28-amd64 #1 SMP x86_64 GNU/Linux\n" : arguments.Contains("-r") ? "6.1.0-28-amd64\n" : "Linux\n"),
        ["date"] = (shell, _, _) => new(shell.Machine.Clock.GetUtcNow().ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture) + "\n"),
        ["df"] = (_, _, _) => new("Filesystem           1K-blocks      Used Available Use% Mounted on\noverlay               61255492  21348120  36763372  37% /\ntmpfs                    65536         0     65536   0% /dev\ntmpfs                 15874296        12  15874284   0% /var/run/secrets/kubernetes.io/serviceaccount\n"),
        ["ps"] = (shell, _, _) => new($"PID   USER     TIME  COMMAND\n    1 root      0:04 {shell.Machine.Command}\n   37 root      0:00 sh\n   44 root      0:00 ps\n"),
    }.ToFrozenDictionary();

    private static readonly string[] Folders = ["/bin/", "/usr/bin/", "/usr/local/bin/", "/sbin/"];

    public static ShellResult Run(CannedShell shell, IReadOnlyList<string> command, string? input)
    {
        var name = Folders.FirstOrDefault(folder => command[0].StartsWith(folder, StringComparison.Ordinal)) is { } folder ? command[0][folder.Length..] : command[0];
        return Known.TryGetValue(name, out var known) ? known(shell, [.. command.Skip(1)], input) : ShellResult.Fail($"sh: {command[0]}: not found", 127);
    }

    /// <summary>Whether a program is a shell that reads its commands from its input.</summary>
    public static bool IsShell(IReadOnlyList<string> command) =>
        command.Count > 0 && command[0][(command[0].LastIndexOf('/') + 1)..] is "sh" or "bash" or "ash" && command.Skip(1).All(argument => argument is "-i" or "-l" or "-il");

    private static ShellResult Shell(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        var script = arguments.SkipWhile(argument => !argument.StartsWith('-') || !argument.EndsWith('c')).Skip(1).FirstOrDefault();
        var result = shell.RunLine(script ?? shell.Input(input), script is null ? "" : input);
        shell.HasExited = false; // it was this one's end, not its parent's
        return result;
    }

    private static ShellResult Exit(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        shell.HasExited = true;
        return arguments is [var code, ..]
            ? (int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new("", "", number & 0xff) : ShellResult.Fail($"sh: exit: Illegal number: {code}", 2))
            : new("", "", shell.LastCode);
    }

    private static ShellResult Export(CannedShell shell, IReadOnlyList<string> arguments, string? input)
    {
        foreach (var argument in arguments.Where(argument => argument.Contains('=')))
        {
            shell.Machine.Environment[argument[..argument.IndexOf('=')]] = argument[(argument.IndexOf('=') + 1)..];
        }

        return new("");
    }

    private static ShellResult Environment(CannedShell shell) => new(string.Concat(shell.Machine.Environment.Select(variable => $"{variable.Key}={variable.Value}\n")));
}
