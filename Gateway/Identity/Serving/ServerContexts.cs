using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace KubeLens.Gateway.Identity.Serving;

/// <summary>
/// What a handshake shows: the operator's certificate for the name or address, else the gateway's own; and to whom it says that
/// it accepts certificates of. A browser offers its user only what those authorities signed.
/// </summary>
internal sealed class ServerContexts(ServingCertificates serving, CallerCertificates callers)
{
    private volatile Generation? _generation;

    public SslStreamCertificateContext For(TlsHandshakeCallbackContext handshake, PkiState state)
    {
        var chosen = serving.Choose(handshake.ClientHelloInfo.ServerName, (handshake.Connection.LocalEndPoint as IPEndPoint)?.Address);
        return Of(state).For(chosen?.Leaf ?? state.Server, chosen?.Chain);
    }

    private Generation Of(PkiState state)
    {
        if (_generation is not { } generation || !ReferenceEquals(generation.State, state))
        {
            _generation = generation = new Generation(state, SslCertificateTrust.CreateForX509Collection(callers.AuthoritiesOf(state), sendTrustInHandshake: true));
        }

        return generation;
    }

    /// <summary>One context a certificate while the accepted authorities stay the same; it goes with the certificate.</summary>
    private sealed class Generation(PkiState state, SslCertificateTrust accepted)
    {
        private readonly ConditionalWeakTable<X509Certificate2, SslStreamCertificateContext> _contexts = [];

        public PkiState State => state;

        public SslStreamCertificateContext For(X509Certificate2 leaf, X509Certificate2Collection? chain) =>
            _contexts.GetValue(leaf, certificate => SslStreamCertificateContext.Create(certificate, chain, offline: true, accepted));
    }
}
