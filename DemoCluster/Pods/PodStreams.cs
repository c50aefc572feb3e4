using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Pods.Exec;
using KubeLens.DemoCluster.Pods.Logs;

namespace KubeLens.DemoCluster.Pods;

/// <summary>The streams of a pod that was found: its log, and shells in it.</summary>
internal sealed class PodStreams(LogStream logs, ExecStream exec)
{
    /// <summary><c>GET pods/NAME/log</c>.</summary>
    /// <exception cref="ApiException">400 or 422 before anything is written.</exception>
    public Task LogAsync(HttpContext context, ApiRequest request, JsonObject pod) => logs.WriteAsync(context, pod);

    /// <summary><c>GET</c> or <c>POST pods/NAME/exec</c> and <c>attach</c>, by WebSocket.</summary>
    /// <exception cref="ApiException">400 before the connection is a WebSocket.</exception>
    public Task ExecAsync(HttpContext context, ApiRequest request, JsonObject pod) => exec.RunAsync(context, request.Info.Subresource, pod);
}
