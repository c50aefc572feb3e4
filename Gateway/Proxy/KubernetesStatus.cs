using System.Text.Json;

namespace KubeLens.Gateway.Proxy;

/// <summary>Answers as an API server does, with a <c>v1 Status</c> object, so that kubectl prints the message as a sentence.</summary>
internal static class KubernetesStatus
{
    public static Task WriteAsync(HttpContext context, int code, string reason, string message, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            kind = "Status",
            apiVersion = "v1",
            metadata = new { },
            status = "Failure",
            message,
            reason,
            code,
        });
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, cancellationToken).AsTask();
    }
}
