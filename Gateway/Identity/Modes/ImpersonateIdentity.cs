using KubeLens.Gateway.Identity.Acting;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Identity.Modes;

/// <summary><see cref="IdentityMode.Impersonate"/>: the gateway's own credential, acting as the caller.</summary>
internal sealed class ImpersonateIdentity(IUpstreamCluster cluster) : ICallIdentity
{
    public HttpMessageInvoker Invoker => cluster.Invoker;

    public ValueTask<UpstreamIdentity> ApplyAsync(HttpRequestMessage request, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.Features.Get<ActingAs>()?.Effective ?? (Caller)context.Features.GetRequiredFeature<ICallerFeature>();
        caller.AsImpersonation.Apply(request);
        var authorized = cluster.AuthorizeAsync(request, cancellationToken);
        return authorized.IsCompletedSuccessfully ? new(caller.AsUpstream) : AwaitAsync(authorized, caller);
    }

    private static async ValueTask<UpstreamIdentity> AwaitAsync(ValueTask<UpstreamIdentity> authorized, Caller caller)
    {
        await authorized;
        return caller.AsUpstream;
    }
}
