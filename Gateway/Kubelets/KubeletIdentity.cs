using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Modes;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Kubelets;

/// <summary>The gateway's own credential at a kubelet, for a caller whom <see cref="KubeletAccess"/> has let through.</summary>
/// <param name="cluster">The one whose node it is.</param>
/// <param name="mode">Whom that one sees.</param>
internal sealed class KubeletIdentity(IUpstreamCluster kubelet, IUpstreamCluster cluster, IdentityMode mode) : ICallIdentity
{
    public HttpMessageInvoker Invoker => kubelet.Invoker;

    /// <returns>In whose name it is done: the kubelet itself sees the gateway only.</returns>
    public async ValueTask<UpstreamIdentity> ApplyAsync(HttpRequestMessage request, HttpContext context, CancellationToken cancellationToken)
    {
        await kubelet.AuthorizeAsync(request, cancellationToken);
        if (mode != IdentityMode.Credential)
        {
            return ((Caller)context.Features.GetRequiredFeature<ICallerFeature>()).AsUpstream;
        }

        // Every call is the kubeconfig's owner's; its credential is not the kubelet's to see.
        using var asked = new HttpRequestMessage();
        return await cluster.AuthorizeAsync(asked, cancellationToken);
    }
}
