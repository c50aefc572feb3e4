using System.Text;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Proxy;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Connect;

/// <summary>
/// The paths that the gateway keeps to itself, <c>/kubelens/…</c>: never forwarded. <c>POST /kubelens/v1/kubeconfig?ttl=8h</c> answers
/// a kubeconfig with a fresh certificate for the one who asks, and for nobody else.
/// </summary>
internal sealed class SelfServiceMiddleware(RequestDelegate next, SelfService service)
{
    public const string Reserved = "/kubelens/";
    public const string KubeconfigPath = "/kubelens/v1/kubeconfig";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        return path.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase) ? AnswerAsync(context, path) : next(context);
    }

    private Task AnswerAsync(HttpContext context, string path)
    {
        if (path != KubeconfigPath)
        {
            return RefuseAsync(context, StatusCodes.Status404NotFound, "NotFound", $"there is no {path}: the gateway keeps {Reserved} to itself and has {KubeconfigPath} there");
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", $"{KubeconfigPath} takes POST");
        }

        var cluster = context.Features.GetRequiredFeature<ServedCall>().Cluster;
        return cluster.Mode == IdentityMode.Impersonate
            ? IssueAsync(context, cluster)
            : RefuseAsync(context, StatusCodes.Status403Forbidden, "Forbidden", $"kubeconfigs are issued to callers only with {cluster.Plan.Key}:Identity=impersonate, and here it is {cluster.Mode.Word()}");
    }

    private Task IssueAsync(HttpContext context, ServedCluster cluster)
    {
        var answer = service.Issue((Caller)context.Features.GetRequiredFeature<ICallerFeature>(), cluster.Context, $"https://{context.Request.Host.Value}{context.Request.PathBase}", context.Request.Query["ttl"].ToString());
        if (answer.Kubeconfig is not { } kubeconfig)
        {
            return RefuseAsync(context, answer.Status, answer.Reason, answer.Problem);
        }

        // Straight to the client: it holds a key, so that no capture may see it.
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/yaml";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(kubeconfig, Encoding.UTF8, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int code, string reason, string message) =>
        KubernetesStatus.WriteAsync(context, code, reason, $"kubelens gateway: {message}", context.RequestAborted);
}
