namespace KubeLens.Gateway.Proxy;

/// <summary>
/// Lets an answer win that comes before its request was read, as an apiserver's 413. Its HTTP/2 server resets the rest of the request, and
/// <see cref="SocketsHttpHandler"/> reports whichever it looks at first: a body that failed to go out hides the answer that made it fail.
/// So the body's failure waits until the answer, or that there is none, is known (<see cref="PatientContent"/>).
/// </summary>
internal sealed class EarlyAnswerHandler(HttpMessageInvoker inner, TimeProvider clock) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is { } body ? SendAsync(request, body, cancellationToken) : inner.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpContent body, CancellationToken cancellationToken)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        request.Content = new PatientContent(body, answered.Task, clock);
        try
        {
            return await inner.SendAsync(request, cancellationToken);
        }
        finally
        {
            answered.SetResult();
        }
    }
}
