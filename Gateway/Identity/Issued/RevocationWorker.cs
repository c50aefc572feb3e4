namespace KubeLens.Gateway.Identity.Issued;

/// <summary>Looks at the list of issued certificates before the gateway listens, where a damaged one ends the start, and every second after.</summary>
internal sealed class RevocationWorker(Revocations revocations, TimeProvider clock, ILogger<RevocationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        revocations.Look();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the end
        }
    }

    private void Look()
    {
        try
        {
            revocations.Look();
        }
        catch (GatewayPkiException e)
        {
            logger.RevocationsUnreadable(e.Message);
        }
    }
}
