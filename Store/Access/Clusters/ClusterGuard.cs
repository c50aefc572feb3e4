using Microsoft.AspNetCore.Authorization;

namespace KubeLens.Store.Access.Clusters;

/// <summary>
/// Lets a bearer of one cluster ask only where the answer can be of that cluster alone, and makes it so. An endpoint that nobody has
/// thought of is closed to it.
/// </summary>
internal sealed class ClusterGuard(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (http.User.OnlyCluster() is not { } cluster || endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(http);
            return;
        }

        if (endpoint.Metadata.GetMetadata<OneCluster>() is null)
        {
            await Results.Problem($"{http.User.Identity?.Name} is limited to the cluster {cluster}, and {http.Request.Method} {http.Request.Path} answers of all: use a token without that limit.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
            return;
        }

        http.Request.QueryString = ClusterLimit.Narrowed(http.Request.Query, cluster);
        await next(http);
    }
}
