using KubeLens.Gateway.ForwardProxy;
using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Clusters;

/// <summary>
/// Finds the cluster that a request means: the one that its connection through the forward proxy was opened for; else by the host
/// that it names, by the name of its handshake, or by a path below <c>/clusters/{name}</c>, which is then taken off. Anything else is for the gateway's own address.
/// </summary>
internal static class ClusterRoute
{
    public const string Root = "/clusters/";

    public static ServedCall Of(HttpContext context, ClusterSet clusters)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (context.Features.Get<ProxyTarget>() is { } asked)
        {
            // A cluster that is gone meanwhile is refused by HostPolicy, whichever stands in here.
            return new ServedCall(clusters.At(asked) ?? clusters.Default, target, "", ByHost: false);
        }

        if (clusters.ByHost(HostPolicy.Name(context.Request.Host.Value)) is { } named)
        {
            return new ServedCall(named, target, "", ByHost: true);
        }

        if (context.Features.Get<ITlsHandshakeFeature>()?.HostName is { Length: > 0 } server && clusters.ByHost(server) is { } shown)
        {
            return new ServedCall(shown, target, "", ByHost: false);
        }

        return Below(target, clusters) ?? new ServedCall(clusters.Default, target, "", ByHost: false);
    }

    private static ServedCall? Below(string target, ClusterSet clusters) =>
        NamedPath.Below(Root, target) is { } path && clusters.ByPath(path.Name) is { } cluster ? new ServedCall(cluster, path.Target, path.Prefix, ByHost: false) : null;
}
