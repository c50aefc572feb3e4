namespace KubeLens.Gateway.Identity.Issued;

/// <summary>Looks at the list of issued certificates every second; the first look is before the gateway listens, see <see cref="IdentityRegistration.UseCallerAuthentication"/>.</summary>
internal sealed class RevocationWorker(Revocations revocations, TimeProvider clock, ILogger<RevocationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

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
