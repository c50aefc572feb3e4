namespace KubeLens.Gateway.Upstream;

/// <summary>
/// Dials for each upgrade, as kubectl does, and keeps nothing of it: an apiserver takes the connection over, and closes it when it
/// refuses, without a <c>Connection: close</c> before. What came next on it would be lost.
/// </summary>
/// <param name="pooled">For all else.</param>
/// <param name="dialing">Keeps no connection.</param>
internal sealed class UpgradeHandler(HttpMessageHandler pooled, HttpMessageHandler dialing) : DelegatingHandler(pooled)
{
    private const string Upgrade = "Upgrade";

    private readonly HttpMessageInvoker _dialing = new(dialing);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Headers.NonValidated.Contains(Upgrade) ? _dialing.SendAsync(request, cancellationToken) : base.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _dialing.Dispose();
        }

        base.Dispose(disposing);
    }
}
