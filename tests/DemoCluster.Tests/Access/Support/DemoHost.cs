using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Access.Tokens;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.OpenApi;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.ServiceDefaults;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.DemoCluster.Tests.Access.Support;

/// <summary>The whole cluster, without a life, over real https. Its answers say in headers whom access let in.</summary>
internal sealed class DemoHost : IAsyncDisposable
{
    /// <summary>The minor version of the first kubectl that execs over WebSocket.</summary>
    private const int NewStreams = 31;

    private const string ToldHeader = "Test-Told";

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
    public ObjectStore Store => Services.GetRequiredService<ObjectStore>();
    public string Home => _home.Path;

    public static async Task<DemoHost> StartAsync(TimeProvider? clock = null, Action<IServiceCollection>? services = null, TempFolder? home = null, params (string Key, string Value)[] settings)
    {
        var folder = home ?? new TempFolder("demo");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Append(("DemoCluster:Port", "0")).Append(("DemoCluster:Home", folder.Path)).DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, (string?)pair.Item2)));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        services?.Invoke(builder.Services);
        builder.AddServiceDefaults("democluster");
        builder.AddHosting();
        builder.Services.AddAccess().AddKubernetesOpenApi().AddApi();
        var app = builder.Build();
        app.UseApiRequest().UseAccess();
        app.Use(TellAsync);
        app.UseKubernetesOpenApi().UseApi();
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

    /// <summary>Keeps an object and its status, and makes the namespace that it lives in.</summary>
    public JsonObject Create(string kind, string json)
    {
        var (served, value) = (ResourceKinds.Named(kind), JsonNode.Parse(json)!.AsObject());
        if (served.Namespaced && Store.Find(ResourceKinds.Named("Namespace"), "", value.Namespace()) is null)
        {
            Create("Namespace", $$"""{ "metadata": { "name": "{{value.Namespace()}}" } }""");
        }

        var created = Store.Create(served, value);
        return value["status"] is not { } status ? created : Store.Update(served, value.Namespace(), value.Name(), current => WithStatus(current, status), WritePart.Status, dryRun: false).As(served);
    }

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
        var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json" && answer.Content.Headers.ContentLength != 0;
        var body = isJson ? (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))! : [];
        if (answer.Headers.TryGetValues(ToldHeader, out var told))
        {
            foreach (var (name, value) in JsonNode.Parse(told.Single())!.AsObject())
            {
                body[name] = value?.DeepClone();
            }
        }

        return ((int)answer.StatusCode, body);
    }

    private static JsonObject WithStatus(JsonObject current, JsonNode status)
    {
        current["status"] = status.DeepClone();
        return current;
    }

    private static Task TellAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Features.GetRequiredFeature<ApiRequest>();
        context.Response.Headers[ToldHeader] = new JsonObject
        {
            ["user"] = request.User.Name,
            ["groups"] = request.User.Groups.ToJson(),
            ["impersonator"] = request.Impersonator?.Name,
            ["protocol"] = context.Request.Protocol,
        }.ToJsonString();
        return next(context);
    }

    /// <summary>kubectl with a kubeconfig of the home folder; skips the test where there is none.</summary>
    public Kubectl Kubectl(string kubeconfig = "admin.kubeconfig") => new(KubectlPrograms.Require(NewStreams, 99).Path, _home[kubeconfig], _home.Path);

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
