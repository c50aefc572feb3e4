using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace KubeLens.EndToEnd.Tests;

/// <summary>An HTTP client that trusts and proves itself as the issued kubeconfig says, like client-go.</summary>
internal static class GatewayClient
{
    public static HttpClient From(string kubeconfig, bool withCertificate = true)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(kubeconfig);
        yaml.Load(text);
        var root = yaml.Documents[0].RootNode;
        var (cluster, user) = (root["clusters"][0]["cluster"], root["users"][0]["user"]);
        var ca = X509CertificateLoader.LoadCertificate(Decode(cluster, "certificate-authority-data"));
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            SslOptions =
            {
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { ca }, RevocationMode = X509RevocationMode.NoCheck },
            },
        };
        if (withCertificate)
        {
            var certificate = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(Decode(user, "client-certificate-data")), Encoding.UTF8.GetString(Decode(user, "client-key-data")));
            handler.SslOptions.ClientCertificates = [certificate];
        }

        var client = new HttpClient(handler)
        {
            BaseAddress = new Uri(((YamlScalarNode)cluster["server"]).Value!),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Timeout = TimeSpan.FromSeconds(30),
        };
        // The handshake's name follows it.
        client.DefaultRequestHeaders.Host = ((YamlMappingNode)cluster).Children.TryGetValue("tls-server-name", out var name) ? ((YamlScalarNode)name).Value : null;
        return client;
    }

    private static byte[] Decode(YamlNode node, string key) => Convert.FromBase64String(((YamlScalarNode)node[key]).Value!);
}
