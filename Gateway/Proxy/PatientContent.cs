using System.Net;

namespace KubeLens.Gateway.Proxy;

/// <summary>A request's body whose failure waits for the answer; it tells when the copying of it is over.</summary>
internal sealed class PatientContent : HttpContent
{
    // An answer that made the body fail has been sent before; over HTTP/1.1 none is looked for while the body is on its way.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _copied = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

    /// <summary>Ends when nobody reads the body any more, for whatever reason.</summary>
    public Task Copied => _copied.Task;

    /// <summary>Not when the client waits for a 100 that does not come.</summary>
    public bool Started { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        var output = new FailureWatch(stream);
        try
        {
            await _inner.CopyToAsync(output, context, cancellationToken);
        }
        finally
        {
            _copied.TrySetResult();
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
