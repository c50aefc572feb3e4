using System.Net;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>
/// Sends over connections that were opened with the client certificate of the request's credential, and tells the source
/// of a refused one, so that the next call gets another. The 401 itself goes to the caller, as with client-go.
/// </summary>
internal sealed class CredentialHandler(ICredentialSource source, Func<ClientCertificate?, HttpMessageHandler> open, TimeProvider clock) : HttpMessageHandler
{
    public static readonly HttpRequestOptionsKey<UpstreamCredential> Key = new("kubelens.credential");

    // A request may hold the former connections for a moment after the swap; its streams run on after the disposal.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Connections? _current;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = request.Options.TryGetValue(Key, out var found) ? found : throw new InvalidOperationException("The request was not authorized.");
        var response = await For(credential.Certificate).SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            source.Reject(credential);
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current?.Invoker.Dispose();
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker For(ClientCertificate? certificate)
    {
        lock (_lock)
        {
            if (_current is not { } current || !Same(current.Certificate, certificate))
            {
                if (_current is { } former)
                {
                    _ = RetireAsync(former.Invoker);
                }

                _current = current = new Connections(certificate, new HttpMessageInvoker(open(certificate)));
            }

            return current.Invoker;
        }
    }

    private async Task RetireAsync(HttpMessageInvoker former)
    {
        await Task.Delay(Grace, clock, CancellationToken.None);
        former.Dispose();
    }

    // A plugin that prints the same certificate again keeps its connections.
    private static bool Same(ClientCertificate? one, ClientCertificate? other) =>
        ReferenceEquals(one, other) || (one is not null && other is not null && one.Leaf.RawDataMemory.Span.SequenceEqual(other.Leaf.RawDataMemory.Span));

    private sealed record Connections(ClientCertificate? Certificate, HttpMessageInvoker Invoker);
}
