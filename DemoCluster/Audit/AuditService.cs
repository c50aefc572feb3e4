using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Audit;

/// <summary>Runs the <see cref="AuditWorker"/> where a webhook is set, and else does nothing.</summary>
internal sealed class AuditService(IServiceProvider services, IOptions<AuditOptions> options) : IHostedService, IDisposable
{
    private HttpClient? _http;
    private AuditWorker? _worker;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.WebhookUrl.Length == 0)
        {
            return Task.CompletedTask;
        }

        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        _worker = ActivatorUtilities.CreateInstance<AuditWorker>(services, new AuditWebhook(_http, options));
        return _worker.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _worker?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose()
    {
        _worker?.Dispose();
        _http?.Dispose();
    }
}
