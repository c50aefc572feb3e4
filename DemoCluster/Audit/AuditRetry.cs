using System.Net;

namespace KubeLens.DemoCluster.Audit;

/// <summary>
/// Whether and when a batch is posted again. An API server's webhook backend repeats on 429, 5xx and lost connections
/// (k8s.io/apiserver/pkg/util/webhook); 401 and 403 are added, since a token may be about to change.
/// </summary>
internal static class AuditRetry
{
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <param name="status">Null when there was no answer.</param>
    public static bool Again(HttpStatusCode? status) => (int?)status is null or 401 or 403 or 408 or 429 or >= 500;

    /// <param name="attempt">The one that failed, from 1.</param>
    /// <param name="random">From 0 to below 1.</param>
    public static TimeSpan Delay(int attempt, double random)
    {
        var exponential = FirstDelay * Math.Pow(2, Math.Min(attempt - 1, 20));
        return (exponential < LongestDelay ? exponential : LongestDelay) * (0.75 + 0.25 * random);
    }
}
