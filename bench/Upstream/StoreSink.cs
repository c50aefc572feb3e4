using System.IO.Compression;
using KubeLens.Contracts.Otlp.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Bench.Upstream;

/// <summary>Stands for the Store, so that the gateway records and delivers in full: takes OTLP logs and counts the calls in them.</summary>
internal sealed class StoreSink : IAsyncDisposable
{
    private WebApplication? _app;
    private long _calls;

    public Uri Address => new(_app!.Urls.Single());

    public long Calls => Interlocked.Read(ref _calls);

    public static async Task<StoreSink> StartAsync(CancellationToken cancellationToken)
    {
        var sink = new StoreSink();
        sink._app = await Web.StartAsync(_ => { }, app => app.Run(sink.TakeAsync), cancellationToken);
        return sink;
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        if (!context.Request.Path.Equals("/v1/logs", StringComparison.Ordinal))
        {
            return;
        }

        using var body = new MemoryStream();
        var isGzip = context.Request.Headers.ContentEncoding == "gzip";
        await using (var stream = isGzip ? new GZipStream(context.Request.Body, CompressionMode.Decompress, leaveOpen: true) : context.Request.Body)
        {
            await stream.CopyToAsync(body, context.RequestAborted);
        }

        body.Position = 0;
        var request = ExportLogsServiceRequest.Parser.ParseFrom(body);
        Interlocked.Add(ref _calls, request.ResourceLogs.SelectMany(resource => resource.ScopeLogs).Sum(scope => scope.LogRecords.Count));

        // An empty ExportLogsServiceResponse: everything was taken.
        context.Response.ContentType = "application/x-protobuf";
    }
}
