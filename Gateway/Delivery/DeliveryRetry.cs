using System.Net;

namespace KubeLens.Gateway.Delivery;

/// <summary>
/// Whether and when a batch is sent again, by the rules of OTLP/HTTP
/// (https://opentelemetry.io/docs/specs/otlp/#failures-1), widened where dropping would be worse than repeating:
/// a batch is set aside only when the fault must be its own.
/// </summary>
internal static class DeliveryRetry
{
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>A wrong clock or a wrong number must not silence a gateway for a day.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>After so many attempts a redirect or an unexpected server error is taken to be the batch's own fault: about a minute.</summary>
    public const int DoubtfulAttempts = 16;

    /// <param name="status">Null when there was no answer.</param>
    /// <param name="attempt">From 1.</param>
    public static DeliveryVerdict Judge(HttpStatusCode? status, int attempt) => (int?)status switch
    {
        >= 200 and < 300 => DeliveryVerdict.Accepted,
        null or 429 or 502 or 503 or 504 => DeliveryVerdict.Retry,
        408 => DeliveryVerdict.Retry, // the server tired of waiting for our bytes
        401 or 403 => DeliveryVerdict.Retry, // the token is being rotated, or somebody has to repair it
        >= 400 and < 500 => DeliveryVerdict.SetAside,
        _ => attempt < DoubtfulAttempts ? DeliveryVerdict.Retry : DeliveryVerdict.SetAside,
    };

    /// <summary>The server's wish where it has one, else exponential from 0.2 s to 5 s; with jitter, never sooner than wished.</summary>
    /// <param name="attempt">The one that failed, from 1.</param>
    /// <param name="retryAfter">As the answer says.</param>
    /// <param name="random">From 0 to below 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? retryAfter, double random)
    {
        if (retryAfter is { } wish && wish > TimeSpan.Zero)
        {
            return (wish < LongestRetryAfter ? wish : LongestRetryAfter) + FirstDelay * random;
        }

        var exponential = FirstDelay * Math.Pow(2, Math.Min(attempt - 1, 30));
        var limited = exponential < LongestDelay ? exponential : LongestDelay;
        return limited * (0.75 + 0.25 * random);
    }
}
