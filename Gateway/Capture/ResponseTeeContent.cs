using System.Net;

namespace KubeLens.Gateway.Capture;

/// <summary>Stands in for the upstream's content, so that the forwarder reads it through a <see cref="ResponseTee"/>.</summary>
internal sealed class ResponseTeeContent(HttpContent inner, CallExchange exchange) : HttpContent
{
    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Tee(inner.ReadAsStream(cancellationToken));

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => Tee(await inner.ReadAsStreamAsync(cancellationToken));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        throw new NotSupportedException("A response is read, never serialized.");

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? 0;
        return inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // A HEAD's Content-Length speaks of a body that does not come, so it cannot tell where this one ends.
    private ResponseTee Tee(Stream stream) => new(stream, exchange, HttpMethods.IsHead(exchange.Method) ? null : inner.Headers.ContentLength);
}
