using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Options;
using KubeLens.AppHost.Postgres;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Telemetry;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost;

/// <summary>From checked options to a running system, and to its end.</summary>
internal sealed class Launch(AppHostOptions options, LogStream log, SignalHandling signals, TimeProvider time)
{
    private readonly Action<string> _report = log.For("apphost", Colour.None);

    public async Task<int> RunAsync()
    {
        using var home = OpenHome();
        var state = new StateFolder(options.Home);
        if (options.IsDemo)
        {
            _report($"A demo cluster is recorded, because {options.Demo}.");
        }

        var postgres = await PrepareAsync(state);
        var telemetry = TelemetryParts.Of(options, state, _report);
        var orphaned = StopWithDotnetRunAsync();
        var code = await new Supervisor(Inventory.Of(options, state, postgres, telemetry), log, time).RunAsync((took, stop) => WelcomeAsync(state, telemetry, took, stop), signals.Stop, signals.Kill);
        signals.RequestStop();
        await orphaned;
        return code;
    }

    private HomeLock OpenHome()
    {
        try
        {
            PrivatePath.CreateFolder(options.Home);
            return HomeLock.TryTake(options.Home) ?? throw new AppHostException(HomeLock.HeldMessage(options.Home), ExitCodes.Usage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    private async Task<EmbeddedPostgres?> PrepareAsync(StateFolder state)
    {
        try
        {
            state.Create();
            return options.ConnectionString is null
                ? await EmbeddedPostgres.CreateAsync(state, new BinarySearch(state.PostgresNpm, _report), _report, time, signals.Stop)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    private AppHostException Unusable(Exception exception) =>
        new($"The state folder {options.Home} cannot be used: {exception.Message} Set {OptionsCheck.HomeVariable} to a folder that you may write to.", ExitCodes.Usage);

    private async Task WelcomeAsync(StateFolder state, TelemetryParts telemetry, TimeSpan took, CancellationToken stop)
    {
        var link = new LoginLink(state.Login, options.Ports.Portal);
        log.WriteBlock(ReadyBlock.Text(state, link.Create(), took, options.IsDemo, telemetry.Lines));
        await link.RenewAsync(_report, time, stop);
    }

    private async Task StopWithDotnetRunAsync()
    {
        try
        {
            await DotnetRunWatch.WaitForEndAsync(time, signals.Stop);
            _report("'dotnet run' has ended.");
            signals.RequestStop();
        }
        catch (OperationCanceledException)
        {
            // We stop for another reason.
        }
    }
}
