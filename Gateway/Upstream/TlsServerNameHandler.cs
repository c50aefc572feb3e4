namespace KubeLens.Gateway.Upstream;

/// <summary>
/// Makes <c>tls-server-name</c> the name that is asked for in the handshake and expected in the certificate.
/// <see cref="SocketsHttpHandler"/> takes both from the request's Host and ignores <c>SslOptions.TargetHost</c>, so Host
/// carries the name; unlike a connect callback this works through proxies too.
/// </summary>
internal sealed class TlsServerNameHandler(string name, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly string _host = Uri.CheckHostName(name) == UriHostNameType.IPv6 ? $"[{name}]" : name;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Host = _host;
        return base.SendAsync(request, cancellationToken);
    }
}
