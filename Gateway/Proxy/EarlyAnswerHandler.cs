using System.Net;

namespace KubeLens.Gateway.Proxy;

/// <summary>
/// Lets an answer win that comes before its request was read, as an apiserver's 413. Its HTTP/2 server resets the rest of the request, and
/// <see cref="SocketsHttpHandler"/> reports whichever it looks at first: a body that failed to go out hides the answer that made it fail.
/// So the body's failure waits until the answer, or that there is none, is known.
/// </summary>
internal sealed class EarlyAnswerHandler(HttpMessageInvoker inner, TimeProvider clock) : HttpMessageHandler
{
    // An answer that made the body fail has been sent before; over HTTP/1.1 none is looked for while the body is on its way.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

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

    private sealed class PatientContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly Task _answered;
        private readonly TimeProvider _clock;

        public PatientContent(HttpContent inner, Task answered, TimeProvider clock)
        {
            (_inner, _answered, _clock) = (inner, answered, clock);
            foreach (var (name, values) in inner.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var output = new FailureWatch(stream);
            try
            {
                await _inner.CopyToAsync(output, context, cancellationToken);
            }
            finally
            {
                if (output.Failed || cancellationToken.IsCancellationRequested)
                {
                    await Task.WhenAny(_answered, Task.Delay(AnswerWithin, _clock, CancellationToken.None));
                }
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? 0;
            return _inner.Headers.ContentLength is not null;
        }
    }

    /// <summary>Tells a failure to send from a client that stops sending, which must end the call at once.</summary>
    private sealed class FailureWatch(Stream inner) : Capture.TeeStream(inner)
    {
        public bool Failed { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await Inner.WriteAsync(buffer, cancellationToken);
            }
            catch
            {
                Failed = true;
                throw;
            }
        }

        // The stream is the transport's, not ours to close.
        protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
    }
}
