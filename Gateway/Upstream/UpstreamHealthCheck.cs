using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeLens.Gateway.Upstream;

/// <summary>Asks the cluster for its version. A cluster that is away degrades the gateway; it is ready all the same, to answer and record that.</summary>
internal sealed class UpstreamHealthCheck(IUpstreamCluster cluster) : IHealthCheck
{
    public const string Name = "upstream";
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Timeout);
            using var request = new HttpRequestMessage(HttpMethod.Get, cluster.Address.AbsoluteUri.TrimEnd('/') + "/version")
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            };
            await cluster.AuthorizeAsync(request, limit.Token);
            using var response = await cluster.Invoker.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"{cluster.Address} answered {(int)response.StatusCode} to GET /version.");
        }
        catch (CredentialException e)
        {
            return HealthCheckResult.Degraded(e.Message);
        }
        catch (HttpRequestException e)
        {
            return HealthCheckResult.Degraded($"{cluster.Address} cannot be reached: {(e.InnerException ?? e).Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded($"{cluster.Address} did not answer within {Timeout.TotalSeconds:0} s.");
        }
    }
}
