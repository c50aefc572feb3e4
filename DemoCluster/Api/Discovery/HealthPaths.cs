using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;

namespace KubeLens.DemoCluster.Api.Discovery;

/// <summary><c>/healthz</c>, <c>/livez</c>, <c>/readyz</c>, and one check each below them. A cluster in memory is well as long as it answers.</summary>
internal static class HealthPaths
{
    private static readonly string[] Checks = ["ping", "log", "etcd"];

    public static bool Has(string[] parts) => parts is ["healthz" or "livez" or "readyz"] or ["healthz" or "livez" or "readyz", _];

    public static Task AnswerAsync(HttpContext context, string[] parts)
    {
        if (parts.Length == 2)
        {
            return Checks.Contains(parts[1]) ? Responses.TextAsync(context, "ok", 200) : throw ApiErrors.NoResource();
        }

        var lines = Checks.Select(check => $"[+]{check} ok\n");
        return Responses.TextAsync(context, context.Request.Query.ContainsKey("verbose") ? $"{string.Concat(lines)}{parts[0]} check passed\n" : "ok", 200);
    }
}
