using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Pods.Logs;

/// <summary>Writes a container's log, and with <c>follow</c> what it goes on to print until the client leaves.</summary>
internal sealed class LogStream(ILogSource source, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public async Task WriteAsync(HttpContext context, JsonObject pod)
    {
        var now = clock.GetUtcNow();
        var query = LogQuery.Read(context.Request.Query, pod.Text("metadata.name"), now);
        var container = PodContainers.Choose(pod, query.Container);
        if (pod.Text("spec.nodeName").Length == 0)
        {
            // Nobody keeps a log of a pod that is nowhere: it is empty, not an error.
            context.Response.ContentType = "text/plain";
            return;
        }

        var run = Run(pod, container, query.Previous);
        var lines = Between(pod, container, run, query.Since ?? run.Start, now);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/plain";
        try
        {
            await context.Response.StartAsync(stop.Token);
            var budget = query.LimitBytes ?? long.MaxValue;
            budget = await WriteAsync(context, query, query.TailLines is { } most ? lines.TakeLast(most) : lines, budget, stop.Token);
            while (query.Follow && run.End is null && budget > 0)
            {
                await Task.Delay(Look, clock, stop.Token);
                var later = clock.GetUtcNow();
                var more = Between(pod, container, run, now, later).Where(line => line.Time > now);
                (budget, now) = (await WriteAsync(context, query, more, budget, stop.Token), later);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client has left, or the cluster stops: a followed log ends in no other way.
        }
    }

    /// <summary>What a container prints from now on, for <c>attach</c>; ends only by the token.</summary>
    public async IAsyncEnumerable<string> AttachAsync(JsonObject pod, string container, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (run, now) = (Run(pod, container, previous: false), clock.GetUtcNow());
        while (true)
        {
            await Task.Delay(Look, clock, cancellationToken);
            var later = clock.GetUtcNow();
            foreach (var line in Between(pod, container, run, now, later).Where(line => line.Time > now))
            {
                yield return line.Text;
            }

            now = later;
        }
    }

    private static ContainerRun Run(JsonObject pod, string container, bool previous)
    {
        var name = pod.Text("metadata.name");
        if (previous)
        {
            return ContainerRun.Previous(pod, container) ?? throw ApiErrors.BadRequest($"previous terminated container \"{container}\" in pod \"{name}\" not found");
        }

        return ContainerRun.Current(pod, container)
            ?? throw ApiErrors.BadRequest($"container \"{container}\" in pod \"{name}\" is waiting to start: {PodContainers.Status(pod, container).Text("state.waiting.reason")}");
    }

    private IEnumerable<LogLine> Between(JsonObject pod, string container, ContainerRun run, DateTimeOffset from, DateTimeOffset until) =>
        source.Lines(pod, container, until).Select(LogLine.Parse).Where(line => run.Contains(line.Time) && line.Time >= from && line.Time <= until);

    /// <returns>How many bytes may follow.</returns>
    private static async Task<long> WriteAsync(HttpContext context, LogQuery query, IEnumerable<LogLine> lines, long budget, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes((query.Timestamps ? line.Stamped : line.Text) + "\n");
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, (int)Math.Min(bytes.Length, budget)), cancellationToken);
            budget -= Math.Min(bytes.Length, budget);
            if (budget == 0)
            {
                break;
            }
        }

        await context.Response.Body.FlushAsync(cancellationToken);
        return budget;
    }
}
