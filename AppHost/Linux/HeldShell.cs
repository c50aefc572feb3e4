namespace KubeLens.AppHost.Linux;

/// <summary>
/// Runs a program that knows nothing of its parent, so that it still ends with it. The shell holds our pipe as its standard
/// input; however we end, kill -9 included, the pipe closes, and the program gets a signal.
/// If the shell itself is killed, its waiting half remains and does the same once we let go of the pipe.
/// </summary>
internal static class HeldShell
{
    // A background command reads from /dev/null in sh, hence the copy of the pipe as 3.
    private const string Script = """
        signal=$1
        shift
        exec 3<&0 </dev/null
        "$@" 3<&- &
        program=$!
        { read -r _ <&3; kill "-$signal" "$program" 2>/dev/null; } &
        holder=$!
        exec 3<&-
        wait "$program"
        code=$?
        kill "$holder" 2>/dev/null
        exit "$code"
        """;

    /// <param name="command">The program and its arguments.</param>
    /// <param name="signal">What it ends at: INT is a fast, clean shutdown to PostgreSQL, and ignored by programs that do not set it up themselves, because a shell starts what is in the background so.</param>
    public static IReadOnlyList<string> Run(IReadOnlyList<string> command, string signal = "TERM") => ["sh", "-c", Script, "sh", signal, .. command];
}
