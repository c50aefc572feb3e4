using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Access.Tokens;
using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.ServiceDefaults;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.DemoCluster.Tests.Access.Support;

/// <summary>Hosting and access over real https, before a <see cref="TestApi"/>.</summary>
internal sealed class DemoHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempFolder _home;
    private readonly bool _ownsHome;
    private readonly List<IDisposable> _clients = [];

    private DemoHost(WebApplication app, TempFolder home, bool ownsHome)
    {
        (_app, _home, _ownsHome) = (app, home, ownsHome);
        Address = KubeconfigLoader.Load([home["admin.kubeconfig"]], null).Cluster.Server;
    }

    public Uri Address { get; }
    public IServiceProvider Services => _app.Services;
    public MemoryStore Store => (MemoryStore)Services.GetRequiredService<IObjectStore>();
    public string Home => _home.Path;

    public static async Task<DemoHost> StartAsync(TimeProvider? clock = null, Action<IServiceCollection>? services = null, TempFolder? home = null, params (string Key, string Value)[] settings)
    {
        var folder = home ?? new TempFolder("demo");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Append(("DemoCluster:Port", "0")).Append(("DemoCluster:Home", folder.Path)).DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, (string?)pair.Item2)));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton<IObjectStore, MemoryStore>();
        services?.Invoke(builder.Services);
        builder.AddServiceDefaults("democluster");
        builder.AddHosting();
        builder.Services.AddAccess();
        var app = builder.Build();
        app.Use(next => context => TestApi.BeginAsync(context, next));
        app.UseAccess();
        app.UseMiddleware<TestApi>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new DemoHost(app, folder, home is null);
    }

    /// <summary>A client that trusts the cluster's authority only; without a user it shows no credential.</summary>
    public HttpClient Client(string? user = null, X509Certificate2? certificate = null, string? token = null)
    {
        var authority = KubeconfigLoader.Load([_home["admin.kubeconfig"]], null).Cluster.Authorities;
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authority!);
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        var client = new HttpClient(handler) { BaseAddress = Address, DefaultRequestVersion = HttpVersion.Version20 };
        if ((token ?? (user is null ? null : Token(user))) is { } bearer)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        }

        _clients.Add(client);
        return client;
    }

    public string Token(string user) => Services.GetRequiredService<DemoTokens>().Issue(user);

    public JsonObject Create(string kind, string json) => Store.Create(ResourceKinds.Named(kind), JsonNode.Parse(json)!.AsObject());

    public static Task<(int Code, JsonObject Body)> PostAsync(HttpClient client, string path, string json, params IReadOnlyList<(string Name, string Value)> headers) =>
        SendAsync(client, new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") }, headers);

    public static Task<(int Code, JsonObject Body)> GetAsync(HttpClient client, string path, params IReadOnlyList<(string Name, string Value)> headers) =>
        SendAsync(client, new HttpRequestMessage(HttpMethod.Get, path), headers);

    private static async Task<(int Code, JsonObject Body)> SendAsync(HttpClient client, HttpRequestMessage request, IReadOnlyList<(string Name, string Value)> headers)
    {
        using var _ = request;
        request.Version = HttpVersion.Version20;
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!);
    }

    /// <summary>kubectl with a kubeconfig of the home folder; skips the test where there is none.</summary>
    public Kubectl Kubectl(string kubeconfig = "admin.kubeconfig") => new(KubectlProgram.Find(), _home[kubeconfig], _home.Path);

    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        if (_ownsHome)
        {
            _home.Dispose();
        }
    }
}
