using System.Diagnostics;
using KubeLens.AppHost.Linux;

namespace KubeLens.AppHost.Processes;

/// <summary>A running process. Its standard input is held open and never written to: closing it asks it to end.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int TailLength = 20;

    private readonly Process _process;
    private readonly Queue<string> _tail = new();
    private readonly Task _pumps;

    private ChildProcess(Process process, Action<string> write)
    {
        _process = process;
        _pumps = Task.WhenAll(Pump(process.StandardOutput, write), Pump(process.StandardError, write));
    }

    public int Id => _process.Id;

    /// <summary>The last lines it wrote.</summary>
    public IReadOnlyList<string> Tail
    {
        get
        {
            lock (_tail)
            {
                return [.. _tail];
            }
        }
    }

    public static ChildProcess Start(Resource resource, IReadOnlyList<string> command, Action<string> write)
    {
        var line = OwnSession.Run(command);
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = resource.Folder ?? "/",
        };
        foreach (var (name, value) in resource.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return new ChildProcess(Process.Start(start)!, write);
    }

    /// <summary>Waits for the process, and for its last lines: a descendant that keeps the pipes open is not waited for.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        CloseInput();
        await Task.WhenAny(_pumps, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
        return _process.ExitCode;
    }

    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Nothing was written, so there is nothing to lose: it is closed.
        }
    }

    /// <summary>Ends it and what it has started, at once.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _process.Dispose();

    private Task Pump(StreamReader reader, Action<string> write) => LinePump.RunAsync(reader, line =>
    {
        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > TailLength)
            {
                _tail.Dequeue();
            }
        }

        write(line);
    });
}
