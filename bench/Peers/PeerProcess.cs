using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KubeLens.Bench.Peers;

/// <summary>A peer's process. A shell between us and it ends it when our end of a pipe closes, even if we are killed with -9.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private const string Leash = """
        "$@" </dev/null &
        child=$!
        read -r line
        kill -s TERM $child 2>/dev/null
        wait $child
        """;

    private readonly Process _process;
    private readonly string _log;
    private readonly Task _copying;

    private PeerProcess(Process process, string log)
    {
        _process = process;
        _log = log;
        _copying = Task.WhenAll(CopyAsync(process.StandardOutput, log + ".out"), CopyAsync(process.StandardError, log));
    }

    public int Id => _process.Id;

    public static PeerProcess Start(IReadOnlyList<string> command, string log, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Leash, "leash", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new PeerProcess(Process.Start(start)!, log);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Repeats an attempt until it works; when it does not, the message has the last error and what the process printed.</summary>
    public async Task WaitUntilAsync(string what, Func<Task> attempt, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException && tries < 300)
            {
                await Task.Delay(100, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new BenchException($"{what} did not happen within 30 s: {failure.Message}\n{Tail(_log)}{Tail(_log + ".out")}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _copying;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Tail(string file) => File.Exists(file) ? string.Concat(File.ReadLines(file).TakeLast(20).Select(line => $"  {line}\n")) : "";

    private static async Task CopyAsync(StreamReader reader, string file)
    {
        await using var writer = new StreamWriter(file) { AutoFlush = true };
        while (await reader.ReadLineAsync() is { } line)
        {
            await writer.WriteLineAsync(line);
        }
    }
}
