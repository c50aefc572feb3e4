namespace KubeLens.Gateway.Identity.Serving;

/// <summary>Looks at the operator's certificates every second, where there are any.</summary>
internal sealed class ServingWorker(ServingCertificates certificates, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!certificates.AreConfigured)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
            {
                certificates.Look();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the end
        }
    }
}
