using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Watching;

internal sealed class WatchHandler(RevisionStore revisions, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public async Task WatchAsync(ApiCall call)
    {
        var query = WatchQuery.Of(call);
        using var timeout = new CancellationTokenSource(query.Timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Aborted, lifetime.ApplicationStopping);
        var stream = new WatchStream(call);
        await stream.BeginAsync(call.Aborted);
        var loop = new WatchLoop(call, query, stream, revisions, time);
        try
        {
            await loop.RunAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The watch's regular end: its time is up, the client left, or the server stops.
            if (timeout.IsCancellationRequested && !call.Aborted.IsCancellationRequested)
            {
                await loop.EndAsync(call.Aborted);
            }
        }
    }
}
