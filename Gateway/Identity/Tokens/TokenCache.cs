using System.Security.Cryptography;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>
/// Remembers whose a token is, for a while: asking the cluster on every call would cost more than the call. Calls with the
/// same token share one question, which no caller that leaves takes away from the others.
/// </summary>
/// <remarks>Good tokens and bad ones are bounded apart, so that a flood of bad ones drives out no good one.</remarks>
internal sealed class TokenCache(ITokenVerifier verifier, TimeProvider clock)
{
    /// <summary>How long a good token counts without another look, which is how long a revoked one may still pass.</summary>
    public static readonly TimeSpan LongestGood = TimeSpan.FromMinutes(2);

    /// <summary>How long before its end a token is looked at anew.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Bad = TimeSpan.FromSeconds(10);

    public const int Capacity = 4096;
    public const int MaxUnderWay = 256;

    // A question outlives the caller that asked first, but not for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();
    private readonly BoundedCache<TokenKey, TokenVerdict> _good = new(Capacity);
    private readonly BoundedCache<TokenKey, TokenVerdict> _bad = new(Capacity);
    private readonly Dictionary<TokenKey, Task<TokenVerdict>> _underWay = [];

    /// <summary>Completes synchronously while the verdict is known.</summary>
    /// <exception cref="TokenUnverifiedException">As <see cref="ITokenVerifier"/>, or too many tokens are being looked at.</exception>
    public ValueTask<TokenVerdict> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var key = TokenKey.Of(_secret, token);
        var now = clock.GetUtcNow();
        Task<TokenVerdict>? asked;
        lock (_lock)
        {
            if (_good.TryGet(key, now, out var known) || _bad.TryGet(key, now, out known))
            {
                return new(known);
            }

            if (!_underWay.TryGetValue(key, out asked))
            {
                if (_underWay.Count == MaxUnderWay)
                {
                    IdentityMetrics.ReviewsRefused();
                    throw new TokenUnverifiedException("too many unknown tokens came at once. Try again in a moment");
                }

                _underWay.Add(key, asked = AskAsync(key, token));
            }
        }

        return new(asked.WaitAsync(cancellationToken));
    }

    private async Task<TokenVerdict> AskAsync(TokenKey key, string token)
    {
        // Leaves the lock before anything can complete.
        await Task.Yield();
        try
        {
            using var limit = new CancellationTokenSource(Patience, clock);
            var verdict = await verifier.VerifyAsync(token, limit.Token);
            IdentityMetrics.Reviewed(verdict.Caller is not null);
            Keep(key, verdict, clock.GetUtcNow());
            return verdict;
        }
        catch (OperationCanceledException e)
        {
            throw new TokenUnverifiedException($"the token could not be verified within {Patience.TotalSeconds:0} s. Try again in a moment", e);
        }
        finally
        {
            lock (_lock)
            {
                _underWay.Remove(key);
            }
        }
    }

    private void Keep(TokenKey key, TokenVerdict verdict, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (verdict.Caller is null)
            {
                _bad.Set(key, verdict, now + Bad);
            }
            else if (Until(verdict, now) is var until && until > now)
            {
                _good.Set(key, verdict, until);
            }
        }
    }

    private static DateTimeOffset Until(TokenVerdict verdict, DateTimeOffset now) =>
        verdict.Expires is { } expires && expires - Early < now + LongestGood ? expires - Early : now + LongestGood;
}
