using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>A server as a kubeconfig describes it, for clients that write their own HTTP.</summary>
internal sealed class ApiAccess
{
    private static readonly UriCreationOptions ByteExact = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2? _certificate;

    public ApiAccess(string kubeconfig)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(kubeconfig);
        yaml.Load(text);
        var root = yaml.Documents[0].RootNode;
        var (cluster, user) = ((YamlMappingNode)root["clusters"][0]["cluster"], (YamlMappingNode)root["users"][0]["user"]);
        Address = new Uri(Scalar(cluster, "server")!);
        Authority = Scalar(cluster, "certificate-authority-data")!;
        _authority = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Authority));
        Token = Scalar(user, "token");
        if (Scalar(user, "client-certificate-data") is { } certificate)
        {
            _certificate = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(certificate)), Encoding.UTF8.GetString(Convert.FromBase64String(Scalar(user, "client-key-data")!)));
        }

        User = Token is not null ? $"{{token: {Token}}}" : $"{{client-certificate-data: {Scalar(user, "client-certificate-data")}, client-key-data: {Scalar(user, "client-key-data")}}}";
        Client = new HttpMessageInvoker(Handler());
    }

    public Uri Address { get; }

    /// <summary>Base64 of PEM, as in the kubeconfig.</summary>
    public string Authority { get; }

    public string? Token { get; }

    /// <summary>The kubeconfig's user entry.</summary>
    public string User { get; }

    public HttpMessageInvoker Client { get; }

    /// <summary>The target goes out byte for byte.</summary>
    public HttpRequestMessage Request(string method, string target, Version version)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address.GetLeftPart(UriPartial.Authority) + target, in ByteExact)) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (Token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        }

        return request;
    }

    /// <summary>A TLS connection for HTTP/1.1 by hand.</summary>
    public async Task<SslStream> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port, cancellationToken);
        using var handler = Handler();
        handler.SslOptions.TargetHost = Address.Host;
        handler.SslOptions.ApplicationProtocols = [SslApplicationProtocol.Http11];
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(handler.SslOptions, cancellationToken);
        return stream;
    }

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            Expect100ContinueTimeout = TimeSpan.FromSeconds(20),
            SslOptions = { CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { _authority }, RevocationMode = X509RevocationMode.NoCheck } },
        };
        if (_certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(_certificate, null, offline: true);
        }

        return handler;
    }

    private static string? Scalar(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;
}
