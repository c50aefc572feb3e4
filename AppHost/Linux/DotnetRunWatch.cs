namespace KubeLens.AppHost.Linux;

/// <summary>
/// Under <c>dotnet run</c> we are its child, and it is what people see and kill. When it is killed with -9 it takes nobody
/// along, so we look after it ourselves: a child whose parent has died is handed to another one.
/// </summary>
internal static class DotnetRunWatch
{
    /// <summary>Ends when <c>dotnet run</c> has; never, when we were started in another way.</summary>
    public static async Task WaitForEndAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var parent = UnixProcess.Parent;
        if (!IsDotnetRun(ProcessTable.CommandLine(parent)))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(0.5), time);
        while (UnixProcess.Parent == parent && await timer.WaitForNextTickAsync(cancellationToken))
        {
        }
    }

    internal static bool IsDotnetRun(IReadOnlyList<string> commandLine) =>
        commandLine.Count > 1 && Path.GetFileName(commandLine[0]) == "dotnet" && commandLine.Contains("run");
}
