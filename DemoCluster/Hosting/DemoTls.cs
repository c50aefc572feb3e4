using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KubeLens.DemoCluster.Access;
using KubeLens.Gateway.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace KubeLens.DemoCluster.Hosting;

/// <summary>TLS towards clients: HTTP/1.1 and HTTP/2 on loopback. A client certificate is asked for, not demanded.</summary>
internal static class DemoTls
{
    public static void ListenDemoCluster(this KestrelServerOptions kestrel, DemoClusterOptions options) =>
        kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
        {
            var pki = listen.ApplicationServices.GetRequiredService<DemoPki>();
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = context => new(Options(pki.Current, context)) });
        });

    private static SslServerAuthenticationOptions Options(PkiState state, TlsHandshakeCallbackContext context)
    {
        var connection = context.Connection.Features;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = state.ServerContext,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            ClientCertificateRequired = true, // asks: none, and a bad one, go on to a 401
            CertificateChainPolicy = state.ClientPolicy,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
#pragma warning disable CA5359 // The verdict is on the connection; every request asks for it.
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                var verified = errors == SslPolicyErrors.None ? certificate as X509Certificate2 : null;
                connection.Set(verified is null ? null : CertificateUser.Of(verified));
                connection.Set(certificate is null || verified is not null ? null : new RejectedCertificate("the client certificate is not of this cluster"));
                return true;
            },
#pragma warning restore CA5359
        };
    }
}
