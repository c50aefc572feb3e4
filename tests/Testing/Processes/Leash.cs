using System.Runtime.InteropServices;

namespace KubeLens.Testing;

/// <summary>
/// How a program that knows nothing of us ends with us: a shell between us and the program reads our pipe and sends
/// <paramref name="StopSignal"/> when the pipe closes. If we are gone by then, it also removes <paramref name="Folder"/>.
/// </summary>
public sealed record Leash(PosixSignal StopSignal, string? Folder = null)
{
    // A shell starts background commands with SIGINT ignored; programs that install a handler (postgres, Go) do not mind.
    private const string Script = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        child=$!
        (read -r line <&3; kill -s "$LEASH_SIGNAL" $child 2>/dev/null) &
        watcher=$!
        trap : INT TERM HUP
        while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
        kill $watcher 2>/dev/null
        [ -d /proc/$PPID ] || [ -z "$LEASH_FOLDER" ] || rm -rf "$LEASH_FOLDER"
        exit $code
        """;

    internal TestCommand Wrap(TestCommand command)
        => command with
        {
            FileName = "/bin/sh",
            Arguments = ["-c", Script, "leash", command.FileName, .. command.Arguments],
            Environment = new Dictionary<string, string?>(command.Environment)
            {
                ["LEASH_SIGNAL"] = StopSignal.ToString()["SIG".Length..],
                ["LEASH_FOLDER"] = Folder ?? "",
            },
            Leash = null,
        };
}
