using System.Buffers;
using KubeLens.Gateway.Capture;
using Microsoft.Net.Http.Headers;

namespace KubeLens.Gateway.Proxy;

/// <summary>
/// What an HTTP/1.1 server owes its client when the answer comes before the request was read, as a 415 does: it reads the rest away, or says in
/// the answer that the connection ends. So does an apiserver (Go's <c>net/http</c>, up to 256 KiB). Over HTTP/2 only the stream is reset.
/// </summary>
internal static class UnreadRequest
{
    private const int ReadAway = 256 * 1024;

    // A body that is on its way is here by then; a client that sends none is not waited for.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);

    /// <summary>Before the head of an answer goes on. Answers that are no errors pass at once: a proxied service may answer while it reads.</summary>
    public static ValueTask SettleAsync(HttpContext context, HttpResponseMessage answer, TimeProvider clock, CancellationToken cancellationToken) =>
        (int)answer.StatusCode >= StatusCodes.Status400BadRequest && context.Request.Body is RequestTee { Ended: false } body && !HttpProtocol.IsHttp2(context.Request.Protocol)
            ? SettleAsync(context, body, answer.RequestMessage?.Content as PatientContent, clock, cancellationToken)
            : ValueTask.CompletedTask;

    private static async ValueTask SettleAsync(HttpContext context, RequestTee body, PatientContent? copy, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (copy is not { Started: true } || context.Request.ContentLength - body.Passed > ReadAway || !await IsReadAwayAsync(body, copy.Copied, clock, cancellationToken))
        {
            context.Response.Headers[HeaderNames.Connection] = "close";
        }
    }

    private static async Task<bool> IsReadAwayAsync(RequestTee body, Task copied, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Within, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            await copied.WaitAsync(ended.Token);
            for (var left = ReadAway; left > 0 && !body.Ended;)
            {
                left -= await body.ReadAsync(buffer, ended.Token);
            }

            return body.Ended;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return false; // late, gone, or no body at all: the answer stands
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
