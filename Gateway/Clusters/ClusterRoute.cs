using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Clusters;

/// <summary>
/// Finds the cluster that a request means: by the host that it names, else by the name of its handshake, else by a path below
/// <c>/clusters/{name}</c>, which is then taken off. Anything else is for the gateway's own address.
/// </summary>
internal static class ClusterRoute
{
    public const string Root = "/clusters/";

    public static ServedCall Of(HttpContext context, ClusterSet clusters)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
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

    private static ServedCall? Below(string target, ClusterSet clusters)
    {
        if (!target.StartsWith(Root, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = target.AsSpan(Root.Length);
        var end = rest.IndexOfAny('/', '?');
        var name = end < 0 ? rest : rest[..end];
        if (clusters.ByPath(name) is not { } cluster)
        {
            return null;
        }

        var prefix = Root.Length + name.Length;
        var own = target[prefix..];
        return new ServedCall(cluster, own is ['/', ..] ? own : $"/{own}", target[..prefix], ByHost: false);
    }
}
