using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Identity.Modes;

/// <summary>
/// <see cref="IdentityMode.FrontProxy"/>: the caller's name in headers that the apiserver believes of whoever shows the
/// requestheader certificate. The kubeconfig's own credential stays at home.
/// </summary>
internal sealed class FrontProxyIdentity(KubeconfigCluster cluster, ClientCertificate certificate) : ICallIdentity, IDisposable
{
    public HttpMessageInvoker Invoker { get; } = new(UpstreamTransport.Create(cluster, certificate));

    public ValueTask<UpstreamIdentity> ApplyAsync(HttpRequestMessage request, HttpContext context, CancellationToken cancellationToken)
    {
        var remote = ((Caller)context.Features.GetRequiredFeature<ICallerFeature>()).AsRemote;
        request.Headers.Remove("Authorization");
        remote.Apply(request);
        return new(remote.Identity);
    }

    public void Dispose() => Invoker.Dispose();
}
