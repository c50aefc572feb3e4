using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Identity.Modes;

/// <summary>
/// <see cref="IdentityMode.Passthrough"/>: the caller's own token, over connections without a client certificate. An apiserver
/// looks at certificates first, so that with the gateway's every caller would be the gateway.
/// </summary>
internal sealed class PassthroughIdentity(KubeconfigCluster cluster) : ICallIdentity, IDisposable
{
    public HttpMessageInvoker Invoker { get; } = new(UpstreamTransport.Create(cluster, certificate: null));

    public ValueTask<UpstreamIdentity> ApplyAsync(HttpRequestMessage request, HttpContext context, CancellationToken cancellationToken)
    {
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {BearerToken.Of(context.Request.Headers)}");
        return new(((Caller)context.Features.GetRequiredFeature<ICallerFeature>()).AsUpstream);
    }

    public void Dispose() => Invoker.Dispose();
}
