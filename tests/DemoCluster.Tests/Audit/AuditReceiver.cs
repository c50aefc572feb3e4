using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeLens.DemoCluster.Tests.Audit;

/// <summary>A webhook over real HTTP that keeps what it gets and answers what a test says.</summary>
internal sealed class AuditReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AuditReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<JsonObject> Batches { get; } = [];
    public ConcurrentQueue<string> Authorizations { get; } = [];
    public ConcurrentQueue<int> Answers { get; } = [];
    public string Url => _app.Urls.Single() + "/audit";

    public IReadOnlyList<JsonObject> Events => [.. Batches.SelectMany(batch => batch["items"]!.AsArray()).Select(item => item!.AsObject())];

    public static async Task<AuditReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new AuditReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var batch = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();
        context.Response.StatusCode = Answers.TryDequeue(out var answer) ? answer : 200;
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        if (context.Response.StatusCode == 200)
        {
            Batches.Enqueue(batch);
        }
    }
}
