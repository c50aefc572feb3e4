namespace KubeLens.AppHost.Linux;

/// <summary>
/// Runs a program that knows nothing of its parent, so that it still ends with it. The shell holds our pipe as its standard
/// input; however we end, kill -9 included, the pipe closes, and the program gets SIGINT (PostgreSQL: a fast, clean shutdown).
/// If the shell itself is killed, its waiting half remains and does the same once we let go of the pipe.
/// </summary>
internal static class HeldShell
{
    // A background command reads from /dev/null in sh, hence the copy of the pipe as 3.
    private const string Script = """
        exec 3<&0 </dev/null
        "$@" 3<&- &
        program=$!
        { read -r _ <&3; kill -INT "$program" 2>/dev/null; } &
        holder=$!
        exec 3<&-
        wait "$program"
        code=$?
        kill "$holder" 2>/dev/null
        exit "$code"
        """;

    public static IReadOnlyList<string> Run(IReadOnlyList<string> command) => ["sh", "-c", Script, "sh", .. command];
}
