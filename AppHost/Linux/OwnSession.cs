namespace KubeLens.AppHost.Linux;

/// <summary>
/// Runs a program in a session of its own. Ctrl-C at a terminal goes to every process of the foreground group at once; the
/// services must not get it, because they are stopped in order. setsid replaces itself, so the process id is the program's.
/// </summary>
internal static class OwnSession
{
    public static IReadOnlyList<string> Run(IReadOnlyList<string> command) => ["setsid", .. command];
}
