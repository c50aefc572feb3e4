namespace KubeLens.Gateway.Capture;

/// <summary>
/// How long calls may go on when the gateway stops: within the host's budget, so that each is recorded while the spool is open.
/// Streams end at once, by themselves (<see cref="ResponseTee"/>).
/// </summary>
internal sealed class DrainLimit : IDisposable
{
    // Proxy/ProxyServices gives the host 8 s.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _reached = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly ITimer _timer;

    public DrainLimit(IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        _timer = clock.CreateTimer(static limit => ((DrainLimit)limit!)._reached.Cancel(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stopping = lifetime.ApplicationStopping.UnsafeRegister(static limit => ((DrainLimit)limit!)._timer.Change(Limit, Timeout.InfiniteTimeSpan), this);
    }

    /// <summary>Cancelled when calls still under way must end.</summary>
    public CancellationToken Reached => _reached.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        _timer.Dispose();
        _reached.Dispose();
    }
}
