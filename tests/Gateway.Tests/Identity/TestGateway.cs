using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Tests.Kubeconfig;
using KubeLens.Gateway.Upstream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Identity;

/// <summary>The gateway's endpoint without what stands behind it: it answers with the caller's name and the protocol. Its cluster is nowhere unless the settings say where.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestGateway(WebApplication app) => _app = app;

    public GatewayPki Pki => _app.Services.GetRequiredService<GatewayPki>();

    public IServiceProvider Services => _app.Services;

    public int Port { get; private set; }

    public static async Task<TestGateway> StartAsync(string home, TimeProvider clock, Action<IServiceCollection>? more = null, RequestDelegate? end = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("Cluster:Kubeconfig", Nowhere(home))]);
        builder.Configuration.AddInMemoryCollection(settings.Append(("Gateway:Home", home)).Append(("Gateway:Port", "0")).Select(pair => KeyValuePair.Create(pair.Item1, (string?)pair.Item2)));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock);
        builder.Services.AddUpstream().AddClusters().AddGatewayIdentity();
        more?.Invoke(builder.Services);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel((_, kestrel) => kestrel.ListenGateway(kestrel.ApplicationServices.GetRequiredService<IOptions<EndpointOptions>>().Value));
        var app = builder.Build();
        app.UseClusters().UseCallerAuthentication();
        app.Run(end ?? (context => context.Response.WriteAsync($"{context.Features.Get<ICallerFeature>()?.Name} {context.Request.Protocol}")));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestGateway(app) { Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port };
    }

    public X509Certificate2 Issue(string name) => Pki.IssueClient(name, "kubelens").Load();

    /// <summary>A client that trusts the gateway's authority and shows <paramref name="certificate"/>.</summary>
    public HttpClient Client(X509Certificate2? certificate, SslProtocols protocols = SslProtocols.None, bool verify = true)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.EnabledSslProtocols = protocols;
        if (verify)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(Pki.Current.Authority);
        }
        else
        {
#pragma warning disable CA5359 // For tests in another time.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{Port}"), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
    }

    private static string Nowhere(string home)
    {
        var file = Path.Combine(home, "nowhere");
        File.WriteAllText(file, KubeconfigText.One());
        return file;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
