using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>
/// A token that something else rotates in a file. Read again every minute, as client-go does; when a later read fails,
/// the last token stays in use.
/// </summary>
internal sealed class TokenFileSource(KubeconfigUser user, TimeProvider clock, ILogger<TokenFileSource> logger) : ICredentialSource
{
    // Kubelets rotate a bound token after 80 % of at least ten minutes.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private volatile State? _state;

    public bool CertificateRotates => false;

    public ValueTask<UpstreamCredential> GetAsync(CancellationToken cancellationToken)
    {
        var state = _state;
        if (state is null || clock.GetElapsedTime(state.Read) >= Period)
        {
            lock (_lock)
            {
                state = ReferenceEquals(state, _state) ? Next(state) : _state!;
            }
        }

        return new(state.Credential);
    }

    public void Reject(UpstreamCredential credential)
    {
        lock (_lock)
        {
            if (_state is { } state && ReferenceEquals(state.Credential, credential) && TryRead(out var token, out _) && credential.Authorization != "Bearer " + token)
            {
                _state = Keep(token);
            }
        }
    }

    private State Next(State? last)
    {
        if (TryRead(out var token, out var problem))
        {
            return _state = last is { } && last.Credential.Authorization == "Bearer " + token ? new State(last.Credential, clock.GetTimestamp()) : Keep(token);
        }

        if (last is null)
        {
            throw new CredentialException($"user \"{user.Name}\", field tokenFile: {problem}");
        }

        logger.TokenFileUnreadable(user.TokenFile, problem);
        return _state = new State(last.Credential, clock.GetTimestamp());
    }

    private State Keep(string token) => new(UpstreamCredential.Of(user.Certificate, token), clock.GetTimestamp());

    private bool TryRead(out string token, out string problem)
    {
        (token, problem) = ("", "");
        try
        {
            token = File.ReadAllText(user.TokenFile).Trim();
            problem = token.Length == 0 ? $"{user.TokenFile} is empty." : token.AsSpan().ContainsAny('\r', '\n') ? $"{user.TokenFile} holds more than one line." : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{user.TokenFile} cannot be read: {e.Message}";
        }

        return problem.Length == 0;
    }

    private sealed record State(UpstreamCredential Credential, long Read);
}
