using System.Diagnostics;

namespace KubeLens.Testing;

/// <summary>A running program: its output as it comes, its end, its signals. Disposing it kills what still runs.</summary>
public sealed class TestProcess : IAsyncDisposable
{
    private readonly TestCommand _command;
    private readonly Process _process;
    private readonly ProcessOutput _output = new();
    private readonly Task _reading;

    private TestProcess(TestCommand command, Process process)
    {
        _command = command;
        _process = process;
        _reading = _output.ReadAsync(process.StandardOutput, process.StandardError);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string StandardOutput => _output.Output;

    public string StandardError => _output.Error;

    /// <summary>Every complete line of both outputs so far.</summary>
    public IReadOnlyList<string> Lines => _output.Lines;

    /// <summary>The program's standard input (under a leash: the pipe whose end is the end of the program).</summary>
    public StreamWriter Input => _process.StandardInput;

    public static TestProcess Start(TestCommand command)
    {
        var actual = command.Leash?.Wrap(command) ?? command;
        var start = new ProcessStartInfo(actual.FileName, actual.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = actual.WorkingDirectory ?? "",
        };
        foreach (var (name, value) in actual.Environment)
        {
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        return new TestProcess(command, Process.Start(start)!);
    }

    /// <summary>Starts a program with this input, waits for its end and gives its exit code and its output.</summary>
    public static async Task<ProcessResult> RunAsync(TestCommand command, CancellationToken cancellationToken, TimeSpan? deadline = null, string input = "")
    {
        await using var process = Start(command);
        if (command.Leash is null)
        {
            await process.WriteInputAsync(input, cancellationToken);
        }

        var code = await process.WaitForExitAsync(cancellationToken, deadline);
        return new ProcessResult(code, process.StandardOutput, process.StandardError);
    }

    /// <summary>The first line that matches, past ones included. An end of the program without it is a failure that shows its output.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> match, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        string? found = null;
        await WaitAsync(() => (found = Lines.FirstOrDefault(match)) is not null, "the awaited line", deadline, cancellationToken);
        return found!;
    }

    /// <summary>Waits until the standard output contains a text, as a prompt that no line feed follows.</summary>
    public Task WaitForTextAsync(string text, CancellationToken cancellationToken, TimeSpan? deadline = null)
        => WaitAsync(() => StandardOutput.Contains(text, StringComparison.Ordinal), $"'{text}'", deadline, cancellationToken);

    /// <summary>The exit code (128 + signal when killed). Fails, and kills, when the deadline passes.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        try
        {
            await Task.WhenAll(_process.WaitForExitAsync(cancellationToken), _reading).WaitAsync(deadline ?? Eventually.DefaultDeadline, cancellationToken);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{_command}' did not end in time:\n{AllLines()}");
        }
    }

    /// <summary>See <see cref="Signals"/>. Under a leash it reaches the shell, not the program.</summary>
    public void Signal(int signal) => Signals.Send(Id, signal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task WaitAsync(Func<bool> found, string what, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        var seen = false;
        try
        {
            await Eventually.Async(
                () =>
                {
                    var ended = _reading.IsCompleted;
                    seen = found();
                    return seen || ended;
                },
                cancellationToken,
                deadline);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{_command}' did not print {what} in time:\n{AllLines()}");
        }

        if (!seen)
        {
            throw new InvalidOperationException($"'{_command}' ended before {what}:\n{AllLines()}");
        }
    }

    private async Task WriteInputAsync(string input, CancellationToken cancellationToken)
    {
        try
        {
            await Input.WriteAsync(input.AsMemory(), cancellationToken);
            Input.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input; its exit code says whether that was right.
        }
    }

    private string AllLines() => string.Join('\n', Lines);
}
