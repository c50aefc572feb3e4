using KubeLens.AppHost;
using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Options;
using KubeLens.AppHost.Terminal;

// The inventory of what runs is in Inventory.cs.
if (Platform.Problems() is { Count: > 0 } problems)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, problems));
    return ExitCodes.Usage;
}

var surroundings = Surroundings.Current();
return await AppHostCommand.InvokeAsync(args, surroundings, Console.Out, Console.Error, async options =>
{
    using var signals = new SignalHandling();
    await using var log = new LogStream(Console.Out, TerminalColours.Wanted(surroundings), TimeProvider.System);
    try
    {
        return await new Launch(options, log, signals, TimeProvider.System).RunAsync();
    }
    catch (AppHostException problem)
    {
        await Console.Error.WriteLineAsync($"KubeLens cannot start:{Environment.NewLine}{problem.Message}");
        return problem.ExitCode;
    }
    catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
    {
        return ExitCodes.Stopped;
    }
});
