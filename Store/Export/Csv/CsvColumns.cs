using System.Globalization;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Export.Csv;

/// <summary>The columns in their order. <c>docs/export.md</c> lists them; add at the end.</summary>
internal static class CsvColumns
{
    public static readonly IReadOnlyList<CsvColumn> All =
    [
        new("time", c => MicrosecondTimeConverter.Text(c.Time)),
        new("cluster", c => c.Cluster),
        new("user", c => c.User),
        new("groups", c => Lines(c.Groups)),
        new("as", c => c.ImpersonatedUser),
        new("ip", c => c.SourceIp),
        new("ua", c => c.UserAgent),
        new("client", c => c.Program.Command.Length > 0 ? c.Program.Command : c.Program.Name),
        new("session", c => c.Program.Session),
        new("verb", c => c.Verb),
        new("resource", c => c.Resource),
        new("group", c => c.ApiGroup),
        new("version", c => c.ApiVersion),
        new("sub", c => c.Subresource),
        new("ns", c => c.Namespace),
        new("name", c => c.Name),
        new("uid", c => c.Object.Uid),
        new("rv", c => c.Object.ResourceVersion),
        new("path", c => c.Path),
        new("method", c => c.Method),
        new("selector", c => Lines([c.LabelSelector, c.FieldSelector])),
        new("fieldmanager", c => c.Options?.FieldManager ?? ""),
        new("dryrun", c => c.Options is { DryRun: true } ? "true" : "false"),
        new("status", c => c.Status?.ToString(CultureInfo.InvariantCulture) ?? ""),
        new("reason", c => c.Reason),
        new("outcome", c => c.Outcome),
        new("message", c => c.Message),
        new("latency", c => Milliseconds(c.LatencyMs)),
        new("upstream", c => Milliseconds(c.Timings.UpstreamMs)),
        new("reqsize", c => c.RequestBytes.ToString(CultureInfo.InvariantCulture)),
        new("respsize", c => c.ResponseBytes.ToString(CultureInfo.InvariantCulture)),
        new("warning", c => Lines(c.Advice.Warnings)),
        new("audit", c => c.AuditId),
        new("call", c => c.Id),
        new("trace", c => c.TraceId ?? ""),
        new("span", c => c.SpanId ?? ""),
        new("gateway", c => c.Gateway),
        new("tls", c => c.Connection.Client.TlsVersion),
        new("cipher", c => c.Connection.Client.Cipher),
        new("alpn", c => c.Connection.Client.Alpn),
        new("sni", c => c.Connection.Client.ServerName),
        new("peer", c => c.Connection.Upstream is { } upstream ? CallSide.EndpointOf(upstream.Address, upstream.Port ?? 0) : ""),
        new("caller", c => c.Caller),
        new("pod", c => c.Pod),
        new("node", c => c.Node),
    ];

    // No value of these can hold a line end: they came in headers and query parameters.
    private static string Lines(IReadOnlyList<string> values) => string.Join('\n', values.Where(value => value.Length > 0));

    private static string Milliseconds(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}
