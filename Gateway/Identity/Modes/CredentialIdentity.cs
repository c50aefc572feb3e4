using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity.Modes;

/// <summary><see cref="IdentityMode.Credential"/>: every call is the kubeconfig's owner's.</summary>
internal sealed class CredentialIdentity(IUpstreamCluster cluster) : ICallIdentity
{
    public HttpMessageInvoker Invoker => cluster.Invoker;

    public ValueTask<UpstreamIdentity> ApplyAsync(HttpRequestMessage request, HttpContext context, CancellationToken cancellationToken) =>
        cluster.AuthorizeAsync(request, cancellationToken);
}
