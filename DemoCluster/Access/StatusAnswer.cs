using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;

namespace KubeLens.DemoCluster.Access;

/// <summary>The <c>v1 Status</c> of a call that Access refuses.</summary>
internal static class StatusAnswer
{
    public static Task WriteAsync(HttpContext context, ApiException refusal)
    {
        context.Features.Set(refusal); // for the audit
        var body = JsonSerializer.SerializeToUtf8Bytes(Compose(refusal));
        context.Response.StatusCode = refusal.Code;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    public static JsonObject Compose(ApiException refusal)
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = refusal.Message,
            ["reason"] = refusal.Reason,
        };
        if (refusal.Details is { } details)
        {
            status["details"] = details.DeepClone();
        }

        status["code"] = refusal.Code;
        return status;
    }
}
