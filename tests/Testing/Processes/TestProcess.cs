using System.Diagnostics;

namespace KubeLens.Testing;

/// <summary>A running program: its lines as they come, its end, its signals. Disposing it kills what still runs.</summary>
public sealed class TestProcess : IAsyncDisposable
{
    private readonly TestCommand _command;
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    private TestProcess(TestCommand command, Process process)
    {
        _command = command;
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Every line of both outputs so far, in the order they were read.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public string Output => string.Join('\n', Lines);

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

    /// <summary>Starts a program, waits for its end and gives its exit code and its lines.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(TestCommand command, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        await using var process = Start(command);
        if (command.Leash is null)
        {
            process.Input.Close();
        }

        var code = await process.WaitForExitAsync(cancellationToken, deadline);
        return (code, process.Output);
    }

    /// <summary>The first line that matches, past ones included. An end of the program without it is a failure that shows its output.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> match, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        string? found = null;
        await Eventually.Async(
            () =>
            {
                var ended = _reading.IsCompleted;
                found = Lines.FirstOrDefault(match);
                return found is not null || ended;
            },
            cancellationToken,
            deadline,
            $"the awaited line of '{_command}'");
        return found ?? throw new InvalidOperationException($"'{_command}' ended before the awaited line:\n{Output}");
    }

    /// <summary>The exit code (128 + signal when killed). Fails, and kills, when the deadline passes.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(deadline ?? Eventually.DefaultDeadline, cancellationToken);
            await _reading;
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{_command}' did not end in time:\n{Output}");
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

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
