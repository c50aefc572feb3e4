using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Tests.Proxy;

namespace KubeLens.Gateway.Tests.ForwardProxy;

/// <summary>Clients of a cluster's own address that trust the proxy's authority and go through the proxy.</summary>
internal static class ProxyClients
{
    public static X509Certificate2 Authority(GatewayUnderTest gateway) => X509CertificateLoader.LoadCertificateFromFile(gateway.Home["pki/proxy-ca.crt"]);

    public static HttpClient Create(GatewayUnderTest gateway, int proxyPort, Uri target, Version? version = null)
    {
        var handler = gateway.Handler();
        handler.UseProxy = true;
        handler.Proxy = new WebProxy($"http://127.0.0.1:{proxyPort}");
        handler.SslOptions.CertificateChainPolicy!.CustomTrustStore.Clear();
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(Authority(gateway));
        return new HttpClient(handler) { BaseAddress = target, DefaultRequestVersion = version ?? HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }
}
