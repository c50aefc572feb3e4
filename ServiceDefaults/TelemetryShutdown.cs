using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace KubeLens.ServiceDefaults;

/// <summary>
/// Exports what is left when everything else has stopped, all signals at once within one budget. Left to the container's
/// disposal, a collector that takes connections and never answers would hold the end of the service up for many seconds.
/// </summary>
internal sealed class TelemetryShutdown(IServiceProvider services, TimeProvider time, ILogger<TelemetryShutdown> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var milliseconds = (int)Budget.TotalMilliseconds;
        Func<bool>[] shutdowns =
        [
            () => services.GetService<TracerProvider>()?.Shutdown(milliseconds) ?? true,
            () => services.GetService<MeterProvider>()?.Shutdown(milliseconds) ?? true,
            () => services.GetService<LoggerProvider>()?.Shutdown(milliseconds) ?? true,
        ];
        try
        {
            // Each of them blocks its thread.
            var ended = await Task.WhenAll(shutdowns.Select(shutdown => Task.Factory.StartNew(shutdown, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
                .WaitAsync(Budget, time, cancellationToken);
            if (!ended.All(complete => complete))
            {
                logger.TelemetryLost(Budget.TotalSeconds);
            }
        }
        catch (TimeoutException)
        {
            logger.TelemetryLost(Budget.TotalSeconds);
        }
    }
}
