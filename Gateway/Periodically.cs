namespace KubeLens.Gateway;

/// <summary>What a background service does again and again.</summary>
internal static class Periodically
{
    /// <summary>Acts after each period; ends quietly when the service stops.</summary>
    public static async Task RunAsync(TimeSpan period, TimeProvider clock, Action act, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                act();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the end
        }
    }
}
