using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeLens.Testing;
using YamlDotNet.RepresentationModel;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>The gateway's real process between a scripted upstream (or a real cluster) and a record sink.</summary>
public class GatewayUnderTest : IAsyncLifetime
{
    /// <summary>The token in the kubeconfig that the gateway acts with.</summary>
    public const string UpstreamToken = "upstream-token-0123456789";

    private readonly TempFolder _home = new("gateway");
    private string? _tlsServerName;

    internal ScriptedUpstream Upstream { get; private set; } = null!;

    internal RecordSink Sink { get; private set; } = null!;

    internal TestProcess Process { get; private set; } = null!;

    internal Uri Address { get; private set; } = null!;

    internal X509Certificate2 Authority { get; private set; } = null!;

    internal X509Certificate2 ClientCertificate { get; private set; } = null!;

    /// <summary>More configuration, in the form of environment variables; set before the start.</summary>
    internal Dictionary<string, string?> Settings { get; } = [];

    /// <summary>The gateway's own folder, with the issued kubeconfig.</summary>
    internal TempFolder Home => _home;

    public virtual async ValueTask InitializeAsync()
    {
        Upstream = await ScriptedUpstream.StartAsync();
        Sink = await RecordSink.StartAsync();
        await File.WriteAllTextAsync(_home["upstream"], Upstream.Kubeconfig(UpstreamToken));
        await File.WriteAllTextAsync(_home["service-token"], "service");
        var port = Ports.Free();
        await LaunchAsync(new Dictionary<string, string?>
        {
            ["Gateway__Port"] = $"{port}",
            ["Gateway__Home"] = _home.Path,
            ["Gateway__Name"] = "under-test",
            ["Cluster__Kubeconfig"] = _home["upstream"],
            ["Store__Address"] = Sink.Address,
            ["Store__TokenFile"] = _home["service-token"],
            ["Spool__Folder"] = _home["spool"],
            ["KUBELENS_PARENT_WATCH"] = "1",
        }.Concat(Settings).GroupBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Last().Value));
        await Eventually.Async(() => Process?.HasExited == true || File.Exists(_home["kubeconfig"]), TestContext.Current.CancellationToken, what: "the issued kubeconfig");
        (Process?.HasExited ?? false).ShouldBeFalse(string.Join('\n', Process?.Lines ?? []));
        ReadIssuedKubeconfig();
        await Eventually.Async(IsHealthyAsync, TestContext.Current.CancellationToken, what: $"the gateway's health: {string.Join(' ', Process?.Lines ?? [])}");
    }

    /// <summary>Starts the gateway with this configuration, in the form of environment variables.</summary>
    private protected virtual ValueTask LaunchAsync(IReadOnlyDictionary<string, string?> environment)
    {
        Process = TestProcess.Start(new TestCommand("dotnet", Path.Combine(AppContext.BaseDirectory, "KubeLens.Gateway.dll")) { Environment = environment });
        return ValueTask.CompletedTask;
    }

    private protected virtual ValueTask EndAsync() => Process.DisposeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Upstream is null)
        {
            return; // it was skipped before its start
        }

        await EndAsync();
        await Upstream.DisposeAsync();
        await Sink.DisposeAsync();
        _home.Dispose();
    }

    /// <summary>A client with the issued credential, HTTP/2 unless said otherwise.</summary>
    internal HttpClient Client(Version? version = null, bool withCertificate = true)
    {
        var client = new HttpClient(Handler(withCertificate))
        {
            BaseAddress = Address,
            DefaultRequestVersion = version ?? HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        client.DefaultRequestHeaders.Host = _tlsServerName; // the handshake's name follows it
        return client;
    }

    internal SocketsHttpHandler Handler(bool withCertificate = true)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions =
            {
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { Authority }, RevocationMode = X509RevocationMode.NoCheck },
            },
        };
        if (withCertificate)
        {
            handler.SslOptions.ClientCertificates = [ClientCertificate];
        }

        return handler;
    }

    private async Task<bool> IsHealthyAsync()
    {
        try
        {
            using var client = Client();
            return (await client.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private void ReadIssuedKubeconfig()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(_home["kubeconfig"]);
        yaml.Load(text);
        var root = yaml.Documents[0].RootNode;
        var (cluster, user) = (root["clusters"][0]["cluster"], root["users"][0]["user"]);
        Address = new Uri(((YamlScalarNode)cluster["server"]).Value!);
        _tlsServerName = cluster is YamlMappingNode mapping && mapping.Children.TryGetValue("tls-server-name", out var name) ? ((YamlScalarNode)name).Value : null;
        Authority = X509CertificateLoader.LoadCertificate(Decode(cluster, "certificate-authority-data"));
        ClientCertificate = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(Decode(user, "client-certificate-data")), Encoding.UTF8.GetString(Decode(user, "client-key-data")));
    }

    private static byte[] Decode(YamlNode node, string key) => Convert.FromBase64String(((YamlScalarNode)node[key]).Value!);
}
