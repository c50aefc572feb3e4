using System.Globalization;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Processes;

/// <summary>Keeps one resource running until it is told to stop.</summary>
/// <param name="dependencies">Must be ready before the first start.</param>
/// <param name="report">Takes our own remarks about it.</param>
internal sealed class ResourceRunner(Resource resource, IReadOnlyList<ResourceRunner> dependencies, LogStream log, Action<string> report, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan RemindAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly RestartBackoff _backoff = new();
    private readonly Lock _gate = new();
    private ChildProcess? _process;

    public string Name => resource.Name;

    /// <summary>Ends when it was ready for the first time.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Ends once it is stopped. Throws <see cref="AppHostException"/> when there is no sense in another start.</summary>
    public async Task RunAsync()
    {
        try
        {
            foreach (var dependency in dependencies)
            {
                await dependency.Ready.WaitAsync(_stopping.Token);
            }

            while (true)
            {
                var (code, healthy) = await RunOnceAsync();
                var wait = _backoff.Next(healthy);
                _stopping.Token.ThrowIfCancellationRequested();
                report(string.Create(CultureInfo.InvariantCulture, $"{Name} ended by itself ({Describe(code)}). It is started again in {wait.TotalSeconds:0.#} s."));
                await Task.Delay(wait, time, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped, as asked.
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Asks it to end, waits for <paramref name="budget"/>, then kills it.</summary>
    /// <param name="kill">Ends the waiting.</param>
    public async Task StopAsync(TimeSpan budget, CancellationToken kill)
    {
        await _stopping.CancelAsync();
        var running = With(process => process.CloseInput());
        try
        {
            await _ended.Task.WaitAsync(budget, time, kill);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            With(process => process.Kill());
            report(exception is TimeoutException ? string.Create(CultureInfo.InvariantCulture, $"{Name} did not end within {budget.TotalSeconds:0.#} s and was killed.") : $"{Name} was killed.");
            await Task.WhenAny(_ended.Task, Task.Delay(KillWait, CancellationToken.None));
            return;
        }

        if (running)
        {
            report($"{Name} stopped.");
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<(int Code, TimeSpan Healthy)> RunOnceAsync()
    {
        var command = await resource.Command(_stopping.Token);
        using var process = ChildProcess.Start(resource, command, log.For(Name, resource.Colour));
        lock (_gate)
        {
            _process = process;
        }

        try
        {
            if (_stopping.IsCancellationRequested)
            {
                process.CloseInput(); // the stop came while it started
            }

            var exit = process.WaitAsync(CancellationToken.None);
            var readyAt = await WaitReadyAsync(exit);
            var code = await exit;
            if (code == ExitCodes.Configuration && !_stopping.IsCancellationRequested)
            {
                throw new AppHostException($"{Name} cannot run with this configuration. Its last lines:\n  {string.Join("\n  ", process.Tail)}", ExitCodes.Configuration);
            }

            return (code, readyAt is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
        }
        finally
        {
            lock (_gate)
            {
                _process = null;
            }

            process.Kill(); // nothing, if it ended as it should
        }
    }

    /// <summary>When it became ready; null when it ended before.</summary>
    private async Task<long?> WaitReadyAsync(Task exit)
    {
        var (began, remind) = (time.GetTimestamp(), RemindAfter);
        while (!exit.IsCompleted && !_stopping.IsCancellationRequested)
        {
            if (await IsReadyAsync() && !exit.IsCompleted)
            {
                if (!_ready.TrySetResult())
                {
                    report($"{Name} is ready again.");
                }

                return time.GetTimestamp();
            }

            if (time.GetElapsedTime(began) >= remind)
            {
                report(string.Create(CultureInfo.InvariantCulture, $"{Name} is not ready after {remind.TotalSeconds:0} s; still waiting. {resource.WhenNotReady}"));
                remind *= 2;
            }

            await Task.WhenAny(exit, Task.Delay(ProbeInterval, time, _stopping.Token));
        }

        return null;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            return await resource.Ready.IsReadyAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return false; // we stop: the process has been told, and its end is waited for
        }
    }

    private bool With(Action<ChildProcess> action)
    {
        lock (_gate)
        {
            if (_process is not null)
            {
                action(_process);
            }

            return _process is not null;
        }
    }

    // The runtime, like a shell, reports a death by signal as 128 + signal.
    private static string Describe(int code) => code > 128 ? $"signal {code - 128}" : $"exit code {code}";
}
