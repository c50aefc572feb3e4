using System.Net.WebSockets;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Pods.Logs;
using KubeLens.DemoCluster.Pods.Shell;

namespace KubeLens.DemoCluster.Pods.Exec;

/// <summary>Runs <c>kubectl exec</c> and <c>attach</c> over a WebSocket.</summary>
internal sealed class ExecStream(LogStream logs, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly string[] Protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    public async Task RunAsync(HttpContext context, string subresource, JsonObject pod)
    {
        var isAttach = subresource == "attach";
        var query = ExecQuery.Read(context.Request.Query, isAttach);
        var container = PodContainers.Choose(pod, query.Container);
        if (pod.Text("status.phase") is var phase && phase is "Succeeded" or "Failed")
        {
            throw ApiErrors.BadRequest($"cannot {subresource} into a container in a completed pod; current phase is {phase}");
        }

        if (pod.Text("spec.nodeName").Length == 0)
        {
            throw ApiErrors.BadRequest($"pod {pod.Name()} does not have a host assigned");
        }

        var protocol = Negotiate(context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = protocol });
        var streams = new ExecSocket(socket);
        var receiving = streams.ReceiveAsync(stop.Token);
        try
        {
            // An empty message tells the client that its streams stand.
            await streams.SendAsync(ExecSocket.Stdout, "", stop.Token);
            var code = isAttach ? await AttachAsync(streams, pod, container, receiving, stop.Token) : await new ExecSession(streams, query, pod, container, clock).RunAsync(stop.Token);
            await streams.EndAsync(code, receiving, stop.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client has left, or the cluster stops: there is nobody to tell.
        }
        finally
        {
            await stop.CancelAsync();
            await receiving;
        }
    }

    private static string Negotiate(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            var asked = context.Request.Headers.Upgrade.ToString();
            throw ApiErrors.BadRequest(asked.Length > 0
                ? $"unable to upgrade to {asked}: this cluster speaks WebSocket only, with the protocols {string.Join(" and ", Protocols)}; kubectl 1.31 and later use it"
                : $"Upgrade request required: a WebSocket with the protocol {string.Join(" or ", Protocols)}");
        }

        return Protocols.FirstOrDefault(context.WebSockets.WebSocketRequestedProtocols.Contains)
            ?? throw ApiErrors.BadRequest($"none of the protocols [{string.Join(", ", context.WebSockets.WebSocketRequestedProtocols)}] is spoken here: ask for {string.Join(" or ", Protocols)}");
    }

    private async Task<int> AttachAsync(ExecSocket streams, JsonObject pod, string container, Task receiving, CancellationToken cancellationToken)
    {
        await foreach (var line in logs.AttachAsync(pod, container, cancellationToken))
        {
            if (receiving.IsCompleted)
            {
                break;
            }

            await streams.SendAsync(ExecSocket.Stdout, line + "\n", cancellationToken);
        }

        return 0;
    }
}
