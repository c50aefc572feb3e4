using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Proxy;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Kubelets;

/// <summary>Lets a call on to a kubelet when its caller may, and refuses it with the right that is missing. Calls to clusters pass.</summary>
internal sealed class KubeletAccessMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var cluster = context.Features.GetRequiredFeature<ServedCall>().Cluster;
        return cluster.Kubelet is { Access: { } access } ? DecideAsync(context, cluster, access) : next(context);
    }

    private async Task DecideAsync(HttpContext context, ServedCluster cluster, KubeletAccess access)
    {
        var exchange = context.Features.GetRequiredFeature<CallExchange>();
        var caller = cluster.Mode == IdentityMode.Credential ? null : (Caller)context.Features.GetRequiredFeature<ICallerFeature>();
        string? refusal;
        try
        {
            refusal = await access.RefusalAsync(cluster.Reviews, cluster.Name, caller, exchange.Info.Kubelet!, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Ending.WithoutAnswer(exchange);
            return;
        }
        catch (ReviewException e)
        {
            await KubernetesStatus.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", e.Message, context.RequestAborted);
            return;
        }

        if (refusal is null)
        {
            await next(context);
            return;
        }

        exchange.User = caller?.AsUpstream;
        await KubernetesStatus.WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden", refusal, context.RequestAborted);
    }
}
