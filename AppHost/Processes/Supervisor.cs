using System.Globalization;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost.Processes;

/// <summary>Runs an inventory: starts it, waits for health in order, keeps it running, stops it in reverse order.</summary>
internal sealed class Supervisor(IReadOnlyList<Resource> inventory, LogStream log, TimeProvider time)
{
    private readonly Action<string> _report = log.For("apphost", Colour.None);

    /// <param name="whenReady">Called once, with the time that the start took, when all are ready; its token ends with the stop.</param>
    /// <param name="stop">Asks for a stop in order.</param>
    /// <param name="kill">Ends everything at once.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<TimeSpan, CancellationToken, Task> whenReady, CancellationToken stop, CancellationToken kill)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stop, kill);
        var runners = new List<ResourceRunner>();
        foreach (var resource in inventory)
        {
            var dependencies = runners.Where(runner => resource.DependsOn.Contains(runner.Name)).ToList();
            runners.Add(new ResourceRunner(resource, dependencies, log, _report, time));
        }

        var runs = runners.ConvertAll(runner => runner.RunAsync());
        var start = StartAsync(runners, whenReady, running.Token);
        var failure = await WaitForEndAsync([.. runs, start], running.Token);
        _report(failure is null ? "Stopping." : "Something cannot run: stopping everything. The reason follows.");

        await running.CancelAsync();
        await StopAsync(runners, kill);
        await Task.WhenAll([.. runs, start]).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        runners.ForEach(runner => runner.Dispose());
        return failure is null ? ExitCodes.Stopped : Explain(failure);
    }

    private async Task StartAsync(List<ResourceRunner> runners, Func<TimeSpan, CancellationToken, Task> whenReady, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        foreach (var runner in runners)
        {
            await runner.Ready.WaitAsync(cancellationToken);
            _report(string.Create(CultureInfo.InvariantCulture, $"{runner.Name} is ready ({time.GetElapsedTime(began).TotalSeconds:0.0} s)."));
        }

        await whenReady(time.GetElapsedTime(began), cancellationToken);
    }

    // Last of all, so that it is what remains on the terminal.
    private int Explain(Exception failure)
    {
        var problem = failure as AppHostException;
        log.WriteBlock($"\nKubeLens stopped: {problem?.Message ?? failure.ToString()}");
        return problem?.ExitCode ?? ExitCodes.Failed;
    }

    // None of the tasks ends well before a stop is asked for, except the start once all is said.
    private static async Task<Exception?> WaitForEndAsync(List<Task> tasks, CancellationToken stop)
    {
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, stop);
        while (true)
        {
            var ended = await Task.WhenAny([stopped, .. tasks]);
            if (ended == stopped || stop.IsCancellationRequested)
            {
                return null;
            }

            if (ended.Exception?.InnerException is { } failure)
            {
                return failure;
            }

            tasks.Remove(ended);
        }
    }

    private async Task StopAsync(List<ResourceRunner> runners, CancellationToken kill)
    {
        var budget = new StopBudget(time);
        foreach (var runner in Enumerable.Reverse(runners))
        {
            await runner.StopAsync(budget.Share(last: runner == runners[0]), kill);
        }
    }
}
