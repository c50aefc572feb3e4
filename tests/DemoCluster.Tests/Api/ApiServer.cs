using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.DemoCluster.Tests.Api;

/// <summary>The API part alone, over real Kestrel and plain http, with the namespace <c>default</c> in it.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiServer(WebApplication app, RunningRequests running)
    {
        _app = app;
        Running = running;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public RunningRequests Running { get; }

    public string Address => _app.Urls.Single();

    public ObjectStore Store => _app.Services.GetRequiredService<ObjectStore>();

    public static async Task<ApiServer> StartAsync(CancellationToken cancellationToken, TimeProvider? time = null, int windowSize = RevisionStore.WindowSize)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(new RevisionStore(windowSize));
        builder.Services.AddAccess().AddApi();
        var app = builder.Build();
        var running = new RunningRequests();
        app.Use(running.CountAsync);
        app.UseApiRequest().UseApi();
        await app.StartAsync(cancellationToken);
        var server = new ApiServer(app, running);
        server.Store.Create(ResourceKinds.Named("Namespace"), new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default" } });
        return server;
    }

    public Task<ApiReply> GetAsync(string path, string accept = "application/json") => SendAsync(HttpMethod.Get, path, accept: accept);

    public Task<ApiReply> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<ApiReply> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body);

    public Task<ApiReply> DeleteAsync(string path, string? body = null) => SendAsync(HttpMethod.Delete, path, body);

    public Task<ApiReply> PatchAsync(string path, string body, string type = "application/merge-patch+json") => SendAsync(HttpMethod.Patch, path, body, type);

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json", string accept = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new(type);
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await ApiReply.ReadAsync(response);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
