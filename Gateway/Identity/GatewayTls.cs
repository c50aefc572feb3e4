using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity.Serving;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace KubeLens.Gateway.Identity;

/// <summary>TLS towards callers.</summary>
internal static class GatewayTls
{
    /// <summary>Listens where the options say with <see cref="UseGatewayTls"/>.</summary>
    public static void ListenGateway(this KestrelServerOptions kestrel, EndpointOptions options) =>
        kestrel.Listen(options.BindAddress ?? IPAddress.Loopback, options.Port, listen => listen.UseGatewayTls());

    /// <summary>
    /// HTTP/1.1 and HTTP/2 over TLS with the certificate that the client expects, looked up for each connection since they are
    /// renewed while running. Clients are asked for a certificate; who shows a good one is in <see cref="ICallerFeature"/>.
    /// </summary>
    public static ListenOptions UseGatewayTls(this ListenOptions listen)
    {
        var pki = listen.ApplicationServices.GetRequiredService<GatewayPki>();
        var callers = listen.ApplicationServices.GetRequiredService<CallerCertificates>();
        var contexts = listen.ApplicationServices.GetRequiredService<ServerContexts>();
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        return listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = context => new(Options(pki.Current, callers, contexts, context)) });
    }

    private static SslServerAuthenticationOptions Options(PkiState state, CallerCertificates callers, ServerContexts contexts, TlsHandshakeCallbackContext context)
    {
        var connection = context.Connection.Features;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = contexts.For(context, state),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            // Asks for a certificate; none, and a bad one, are let through by the callback to a 401.
            ClientCertificateRequired = true,
            CertificateChainPolicy = callers.PolicyOf(state),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
#pragma warning disable CA5359 // The verdict is on the connection; every request asks for it.
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                callers.Judge(connection, state, certificate, chain, errors);
                return true;
            },
#pragma warning restore CA5359
        };
    }
}
