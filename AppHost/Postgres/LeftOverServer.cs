using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Postgres;

/// <summary>
/// A server of an earlier run that still shuts down, or whose helpers have not noticed yet that it died. We hold the lock of
/// the state folder, so it serves nobody: it is waited for, then told to end.
/// </summary>
internal sealed class LeftOverServer(string data, Action<string> report, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MentionAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InterruptAfter = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan QuitAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(40);

    public async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        var folder = (await Tool.RunAsync(["realpath", data], cancellationToken)).Output.TrimEnd('\n');
        var began = time.GetTimestamp();
        var steps = new Queue<(TimeSpan After, Action<IReadOnlyList<int>> Act)>(
        [
            (MentionAfter, processes => report($"Waiting for the Postgres of an earlier run to end (process {processes[0]}).")),
            (InterruptAfter, processes => processes.ToList().ForEach(UnixProcess.Interrupt)),
            (QuitAfter, processes => processes.ToList().ForEach(UnixProcess.Quit)),
            (GiveUpAfter, processes => throw new AppHostException($"The Postgres of an earlier run does not end (process {processes[0]}, working in {data}). End it, then start again.")),
        ]);
        while (ProcessTable.WorkingIn(folder) is { Count: > 0 } processes)
        {
            if (time.GetElapsedTime(began) >= steps.Peek().After)
            {
                steps.Dequeue().Act(processes);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        // After a crash the file names a process id that may since have been given to another process of the same user, and
        // PostgreSQL would refuse to start. Nobody works here: it is stale.
        File.Delete(PostgresProbe.PidFile(data));
    }
}
