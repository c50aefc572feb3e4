using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.DemoCluster.Life.Actors;

/// <summary>How the actors reach the API: straight, or through a gateway that records them.</summary>
internal sealed class ApiRoute : IDisposable
{
    private HttpMessageInvoker? _invoker;

    public Uri Address { get; private set; } = new("https://127.0.0.1");

    public HttpMessageInvoker Invoker => _invoker ?? throw new InvalidOperationException("No way to the API has been chosen.");

    /// <param name="authority">Signed the certificate there.</param>
    public void Choose(Uri address, X509Certificate2 authority)
    {
        Dispose();
        Address = address;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(authority) },
        });
    }

    public void Dispose() => _invoker?.Dispose();

    private static X509ChainPolicy Trusting(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { authority },
        RevocationMode = X509RevocationMode.NoCheck,
    };
}
