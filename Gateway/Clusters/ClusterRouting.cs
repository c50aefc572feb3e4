namespace KubeLens.Gateway.Clusters;

/// <summary>First of a call's stages: says which cluster it is for, and keeps that one until the call has ended.</summary>
internal sealed class ClusterRouting(RequestDelegate next, ClusterCatalog catalog)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var call = Enter(context);
        context.Features.Set(call);
        if (call.Prefix.Length > 0)
        {
            TakeOff(context.Request, call.Prefix);
        }

        try
        {
            await next(context);
        }
        finally
        {
            call.Cluster.Leave();
        }
    }

    // The path of the gateway's own endpoints, and what a link back to it would need.
    private static void TakeOff(HttpRequest request, string prefix)
    {
        if (request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
        {
            (request.PathBase, request.Path) = (prefix, rest.HasValue ? rest : "/");
        }
    }

    private ServedCall Enter(HttpContext context)
    {
        while (true)
        {
            // One that was taken off between the two lines is no longer in the next set.
            var call = ClusterRoute.Of(context, catalog.Current);
            if (call.Cluster.TryEnter())
            {
                return call;
            }
        }
    }
}
