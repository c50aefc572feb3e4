using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Bench.Upstream;

/// <summary>Stands for a kube-apiserver that holds watches: each gets one event at its start, and one more whenever all do.</summary>
internal sealed class WatchUpstream : IAsyncDisposable
{
    private static readonly byte[] Event = [.. "{\"type\":\"MODIFIED\",\"object\":"u8, .. ConfigMap.Json, .. "}\n"u8];

    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;

    public Uri Address => new(_app!.Urls.Single());

    public static async Task<WatchUpstream> StartAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var upstream = new WatchUpstream();
        upstream._app = await Web.StartAsync(listen => listen.UseHttps(certificate), app => app.Run(upstream.AnswerAsync), cancellationToken);
        return upstream;
    }

    /// <summary>Sends every watch an event.</summary>
    public void Broadcast() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app!.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-cache, private";
        response.Headers["Audit-Id"] = "0d4e8c5c-0f3c-4a5f-9d1e-0c8a3c1b7d55";
        response.Headers["X-Kubernetes-Pf-Flowschema-Uid"] = "f8b4c7f0-5b7e-4a55-9f3a-1d2e3f4a5b6c";
        response.Headers["X-Kubernetes-Pf-Prioritylevel-Uid"] = "a1b2c3d4-e5f6-4a1b-8c2d-3e4f5a6b7c8d";
        if (!context.Request.Query.ContainsKey("watch"))
        {
            await response.Body.WriteAsync(ConfigMap.Json, context.RequestAborted);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            for (var next = _next; ; next = _next)
            {
                await response.Body.WriteAsync(Event, ended.Token);
                await response.Body.FlushAsync(ended.Token);
                await next.Task.WaitAsync(ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The watcher left, or the benchmark is over.
        }
    }
}
