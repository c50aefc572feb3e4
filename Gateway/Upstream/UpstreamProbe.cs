using System.Net;

namespace KubeLens.Gateway.Upstream;

/// <summary>Asks a cluster for its version, as whoever the gateway is there.</summary>
internal static class UpstreamProbe
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <returns>A sentence; null when it answers well.</returns>
    public static async Task<string?> ProblemAsync(IUpstreamCluster cluster, CancellationToken cancellationToken)
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
            return response.IsSuccessStatusCode ? null : $"{cluster.Address} answered {(int)response.StatusCode} to GET /version.";
        }
        catch (CredentialException e)
        {
            return e.Message;
        }
        catch (HttpRequestException e)
        {
            return $"{cluster.Address} cannot be reached: {(e.InnerException ?? e).Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{cluster.Address} did not answer within {Timeout.TotalSeconds:0} s.";
        }
    }
}
