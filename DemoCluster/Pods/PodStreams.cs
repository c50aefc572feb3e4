using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;

namespace KubeLens.DemoCluster.Pods;

/// <summary>What comes out of a pod and goes into it.</summary>
internal sealed class PodStreams
{
    private readonly int _code = StatusCodes.Status501NotImplemented;

    public Task LogAsync(HttpContext context, ApiRequest request, JsonObject pod) => throw Missing("log");

    public Task ExecAsync(HttpContext context, ApiRequest request, JsonObject pod) => throw Missing("exec");

    private ApiException Missing(string what) => new(_code, "NotImplemented", $"{what} is not served here");
}
