using System.Net;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeLens.Gateway.Tests.Upstream;

/// <summary>A cluster as the gateway builds it, from the text of a kubeconfig.</summary>
internal static class UpstreamHarness
{
    public static UpstreamCluster Cluster(string kubeconfig, TimeProvider? clock = null, TimeSpan? execTimeout = null)
    {
        var context = KubeconfigLoader.Load(kubeconfig, "");
        return new UpstreamCluster(context, new CredentialSources(clock ?? TimeProvider.System, NullLoggerFactory.Instance).For(context, execTimeout ?? TimeSpan.FromSeconds(30)), clock ?? TimeProvider.System);
    }

    public static string CaData(TestAuthority authority) => $"certificate-authority-data: {KubeconfigText.Base64(authority.Pem)}";

    public static async Task<(HttpStatusCode Status, string Body, UpstreamIdentity Identity)> GetAsync(this UpstreamCluster cluster, string path = "/version", Version? version = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, cluster.Address.AbsoluteUri.TrimEnd('/') + path)
        {
            Version = version ?? HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var identity = await cluster.AuthorizeAsync(request, TestContext.Current.CancellationToken);
        using var response = await cluster.Invoker.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), identity);
    }
}
