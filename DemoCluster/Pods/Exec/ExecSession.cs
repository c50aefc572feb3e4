using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Pods.Shell;

namespace KubeLens.DemoCluster.Pods.Exec;

/// <summary>Runs what was asked for: a command to its end, or a shell that reads its commands from the client.</summary>
internal sealed class ExecSession(ExecSocket streams, ExecQuery query, JsonObject pod, string container, TimeProvider clock)
{
    private const int MostInput = 1024 * 1024;

    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        query.Stdin && ShellCommands.IsShell(query.Command)
            ? (query.Tty ? new TerminalShell(streams, NewShell()).RunAsync(cancellationToken) : ScriptAsync(cancellationToken))
            : CommandAsync(cancellationToken);

    private async Task<int> CommandAsync(CancellationToken cancellationToken)
    {
        var shell = NewShell();
        var result = shell.Run(query.Command, query.Stdin ? null : "");
        if (shell.InputWanted)
        {
            // In a new shell, as if the first had not run: it had no input then.
            result = NewShell().Run(query.Command, await InputAsync(cancellationToken));
        }

        await WriteAsync(result, cancellationToken);
        return result.Code;
    }

    /// <summary>Commands line by line, each answered when it comes.</summary>
    private async Task<int> ScriptAsync(CancellationToken cancellationToken)
    {
        var shell = NewShell();
        var pending = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        while (!shell.HasExited && await streams.Input.WaitToReadAsync(cancellationToken))
        {
            while (streams.Input.TryRead(out var bytes) && pending.Length < MostInput)
            {
                var text = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
                pending.Append(text, 0, decoder.GetChars(bytes.Span, text, flush: false));
            }

            var all = pending.ToString();
            var complete = all.LastIndexOf('\n') + 1;
            pending.Remove(0, complete);
            await WriteAsync(shell.RunLine(all[..complete], ""), cancellationToken);
        }

        if (!shell.HasExited && pending.Length > 0)
        {
            await WriteAsync(shell.RunLine(pending.ToString(), ""), cancellationToken);
        }

        return shell.LastCode;
    }

    private async Task<string> InputAsync(CancellationToken cancellationToken)
    {
        using var input = new MemoryStream();
        await foreach (var bytes in streams.Input.ReadAllAsync(cancellationToken))
        {
            if (input.Length + bytes.Length > MostInput)
            {
                break;
            }

            input.Write(bytes.Span);
        }

        return Encoding.UTF8.GetString(input.GetBuffer(), 0, (int)input.Length);
    }

    private async Task WriteAsync(ShellResult result, CancellationToken cancellationToken)
    {
        // A terminal is one stream, and its lines end with a carriage return.
        var (output, error) = query.Tty ? (TerminalShell.Lines(result.Output + result.Error), "") : (result.Output, result.Error);
        if (output.Length > 0 && query.Stdout)
        {
            await streams.SendAsync(ExecSocket.Stdout, output, cancellationToken);
        }

        if (error.Length > 0 && query.Stderr)
        {
            await streams.SendAsync(ExecSocket.Stderr, error, cancellationToken);
        }
    }

    private CannedShell NewShell() => new(new PodMachine(pod, container, clock));
}
