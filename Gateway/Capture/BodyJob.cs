using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture.Sessions;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Capture;

/// <summary>The kept bodies of an ended call, and what is needed to redact them. Dispose gives their memory back.</summary>
internal sealed record BodyJob(long Sequence, BodyContext Request, BodyContext Response, BodyCapture RequestBody, BodyCapture ResponseBody, bool EndedEarly, CallOptions Options, SessionRecording? Recording) : IDisposable
{
    public static BodyJob Of(CallExchange exchange, SecretNames names)
    {
        var (request, response) = (exchange.Context.Request, exchange.Context.Response);
        return new BodyJob(
            exchange.Sequence,
            new BodyContext(exchange.Info, exchange.Method, IsRequest: true, response.StatusCode, request.ContentType ?? "", request.Headers.ContentEncoding.ToString(), Rules: exchange.Redaction),
            new BodyContext(exchange.Info, exchange.Method, IsRequest: false, response.StatusCode, response.ContentType ?? "", response.Headers.ContentEncoding.ToString(), exchange.AnsweredHere, exchange.Redaction),
            exchange.RequestBody,
            exchange.ResponseBody,
            exchange.EndedEarly,
            exchange.Options,
            SessionRecording.Of(exchange, names));
    }

    public void Dispose()
    {
        RequestBody.Dispose();
        ResponseBody.Dispose();
        Recording?.Dispose();
    }
}
