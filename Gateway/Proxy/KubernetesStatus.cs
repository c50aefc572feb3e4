using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture;

namespace KubeLens.Gateway.Proxy;

/// <summary>
/// The gateway's own answers: as an API server does, with a <c>v1 Status</c> object, so that kubectl prints the message as
/// a sentence. The call is recorded before the answer leaves.
/// </summary>
internal static class KubernetesStatus
{
    /// <summary>Answers a call that the gateway refuses.</summary>
    public static Task WriteAsync(HttpContext context, int code, string reason, string message, CancellationToken cancellationToken) =>
        WriteAsync(context, code, reason, message, CallOutcome.Refused, cancellationToken);

    public static Task WriteAsync(HttpContext context, int code, string reason, string message, CallOutcome outcome, CancellationToken cancellationToken)
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
        if (context.Features.Get<CallExchange>() is { } exchange)
        {
            exchange.AnsweredHere = true;
            exchange.ResponseBody.Append(body);
            exchange.Complete(outcome);
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, cancellationToken).AsTask();
    }
}
