using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>
/// The credential that an exec plugin prints. It is kept until it expires or the cluster refuses it, and fetched anew
/// in the background shortly before: one run at a time, whoever waits for it.
/// </summary>
/// <param name="run">Starts the plugin; throws <see cref="CredentialException"/>.</param>
internal sealed class ExecCredentialSource(Func<Task<UpstreamCredential>> run, TimeProvider clock, ILogger<ExecCredentialSource> logger) : ICredentialSource
{
    private static readonly TimeSpan LongestLead = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryEarlyRefresh = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private volatile Held? _held;
    private Task<UpstreamCredential>? _running;

    public bool CertificateRotates => true;

    public ValueTask<UpstreamCredential> GetAsync(CancellationToken cancellationToken)
    {
        var held = _held;
        if (held is null)
        {
            return new(Run().WaitAsync(cancellationToken));
        }

        var now = clock.GetUtcNow();
        if (now < held.RefreshAt)
        {
            return new(held.Credential);
        }

        if (now >= held.Credential.Expires)
        {
            return new(Run().WaitAsync(cancellationToken));
        }

        RefreshEarly(held, now);
        return new(held.Credential);
    }

    public void Reject(UpstreamCredential credential)
    {
        lock (_lock)
        {
            if (_held is { } held && ReferenceEquals(held.Credential, credential))
            {
                logger.ExecCredentialRefused();
                _held = null;
            }
        }
    }

    private void RefreshEarly(Held held, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_held, held))
            {
                return;
            }

            // Moved on before the outcome is known, so that a failing plugin is not started by every call.
            _held = held with { RefreshAt = now + RetryEarlyRefresh };
        }

        _ = ObserveAsync(Run());
    }

    private async Task ObserveAsync(Task<UpstreamCredential> running)
    {
        try
        {
            await running;
        }
        catch (CredentialException e)
        {
            logger.ExecRefreshFailed(e.Message);
        }
    }

    private Task<UpstreamCredential> Run()
    {
        lock (_lock)
        {
            return _running ??= RunAsync();
        }
    }

    private async Task<UpstreamCredential> RunAsync()
    {
        // Leaves the lock before anything can complete.
        await Task.Yield();
        try
        {
            var credential = await run();
            var now = clock.GetUtcNow();
            lock (_lock)
            {
                _held = new Held(credential, credential.Expires is { } expires ? expires - Lead(expires - now) : DateTimeOffset.MaxValue);
            }

            return credential;
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
            }
        }
    }

    private static TimeSpan Lead(TimeSpan life) => life <= TimeSpan.Zero ? TimeSpan.Zero : life / 10 < LongestLead ? life / 10 : LongestLead;

    private sealed record Held(UpstreamCredential Credential, DateTimeOffset RefreshAt);
}
