namespace KubeLens.Gateway.Identity.Issued;

/// <summary>Looks at the list of issued certificates every second; the first look is before the gateway listens, see <see cref="IdentityRegistration.UseCallerAuthentication"/>.</summary>
internal sealed class RevocationWorker(Revocations revocations, TimeProvider clock, ILogger<RevocationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodically.RunAsync(Period, clock, Look, stoppingToken);

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
