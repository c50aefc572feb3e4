namespace KubeLens.Gateway.Identity.Serving;

/// <summary>Looks at the operator's certificates every second, where there are any.</summary>
internal sealed class ServingWorker(ServingCertificates certificates, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!certificates.AreConfigured)
        {
            return Task.CompletedTask;
        }

        certificates.Look();
        return Periodically.RunAsync(Period, clock, certificates.Look, stoppingToken);
    }
}
