using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.Gateway.Identity;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Hosting;

/// <summary>Refuses requests for a name that is not the cluster's: somebody made it point here, as in DNS rebinding.</summary>
internal sealed class HostMiddleware(RequestDelegate next)
{
    private readonly HostPolicy _hosts = new(Options.Create(new EndpointOptions { Names = { "kubernetes.default.svc" } }));

    public Task InvokeAsync(HttpContext context) => _hosts.Allows(context.Request.Host.Value)
        ? next(context)
        : Responses.FailureAsync(context, new ApiException(
            StatusCodes.Status421MisdirectedRequest,
            "MisdirectedRequest",
            $"the demo cluster does not answer to the name \"{context.Request.Host.Host}\": use one of {string.Join(", ", DemoClusterOptions.Names)}"));
}
