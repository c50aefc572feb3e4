using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Redact;

namespace KubeLens.Gateway.Telemetry;

/// <summary>
/// The attributes of a call. All texts are those of its record, which is redacted already, without headers, selectors and bodies;
/// what looks like a credential where none belongs is left out. Empty ones are absent.
/// </summary>
internal static class CallTags
{
    /// <summary>Of the SERVER span, the summary and the log record.</summary>
    public static List<KeyValuePair<string, object?>> Of(CallExchange exchange, CallRecord call, string? route, string callUrl)
    {
        var context = exchange.Context;
        var tags = new List<KeyValuePair<string, object?>>(40);
        Add(tags, CallAttributes.Method, SpanNames.Method(call.Method));
        if (SpanNames.Method(call.Method) == SpanNames.Other)
        {
            Add(tags, TelemetryAttributes.OriginalMethod, call.Method);
        }

        Add(tags, TelemetryAttributes.Scheme, context.Request.Scheme);
        Add(tags, CallAttributes.Path, call.Path);
        Add(tags, CallAttributes.Query, call.Query);
        Add(tags, TelemetryAttributes.Route, route);
        AddPositive(tags, CallAttributes.Status, call.Status);
        Add(tags, TelemetryAttributes.ServerAddress, context.Request.Host.Host);
        AddPositive(tags, TelemetryAttributes.ServerPort, context.Request.Host.Port ?? context.Connection.LocalPort);
        Add(tags, CallAttributes.SourceIp, call.SourceIp);
        Add(tags, CallAttributes.UserAgent, call.UserAgent);
        Add(tags, TelemetryAttributes.ProtocolVersion, HttpProtocol.IsHttp2(context.Request.Protocol) ? "2" : "1.1");
        Add(tags, CallAttributes.User, call.User);
        if (call.Groups.Count > 0)
        {
            tags.Add(new(CallAttributes.Groups, call.Groups as string[] ?? [.. call.Groups]));
        }

        Add(tags, CallAttributes.UserSource, call.UserSource);
        Add(tags, CallAttributes.ImpersonatedUser, call.ImpersonatedUser);
        Add(tags, CallAttributes.Caller, call.Caller);
        Add(tags, CallAttributes.Pod, call.Pod);
        Add(tags, CallAttributes.Node, call.Node);
        Add(tags, CallAttributes.Verb, call.Verb);
        Add(tags, CallAttributes.ApiGroup, call.ApiGroup);
        Add(tags, CallAttributes.ApiVersion, call.ApiVersion);
        Add(tags, CallAttributes.Resource, call.Resource);
        Add(tags, CallAttributes.Subresource, call.Subresource);
        Add(tags, CallAttributes.Namespace, call.Namespace);
        Add(tags, CallAttributes.Name, call.Name);
        Add(tags, CallAttributes.Cluster, call.Cluster);
        Add(tags, CallAttributes.Gateway, call.Gateway);
        Add(tags, TelemetryAttributes.AuditId, call.AuditId.ToString());
        if (callUrl.Length > 0)
        {
            Add(tags, TelemetryAttributes.CallUrl, CallUrl.Of(callUrl, call.AuditId, call.Cluster, call.Time - TimeSpan.FromMicroseconds(call.LatencyUs)));
        }

        return tags;
    }

    /// <summary>What only its end tells.</summary>
    public static void AddEnd(List<KeyValuePair<string, object?>> tags, CallRecord call)
    {
        Add(tags, TelemetryAttributes.Outcome, CallError.Word(call.Outcome));
        tags.Add(new(CallAttributes.RequestBytes, call.RequestBytes));
        tags.Add(new(CallAttributes.ResponseBytes, call.ResponseBytes));
    }

    /// <summary>What only the end of a long call tells.</summary>
    public static void AddSummary(List<KeyValuePair<string, object?>> tags, CallRecord call)
    {
        tags.Add(new(TelemetryAttributes.Duration, call.LatencyUs / 1e6));
        if (call.Watch != CallWatch.None)
        {
            tags.Add(new(TelemetryAttributes.WatchEvents, call.Watch.Total()));
            tags.Add(new(TelemetryAttributes.WatchBytes, call.Watch.AddedBytes + call.Watch.ModifiedBytes + call.Watch.DeletedBytes + call.Watch.BookmarkBytes + call.Watch.ErrorBytes + call.Watch.UnknownBytes));
        }

        if (call.Session.ExitCode is { } code)
        {
            tags.Add(new(TelemetryAttributes.SessionExitCode, code));
        }
    }

    /// <summary>Of the CLIENT span.</summary>
    public static List<KeyValuePair<string, object?>> OfUpstream(CallExchange exchange, CallRecord call)
    {
        var (address, used) = (exchange.Cluster.Upstream.Address, exchange.Upstream);
        var tags = new List<KeyValuePair<string, object?>>(12);
        Add(tags, CallAttributes.Method, SpanNames.Method(call.Method));
        Add(tags, TelemetryAttributes.FullUrl, $"{address.GetLeftPart(UriPartial.Authority)}{address.AbsolutePath.TrimEnd('/')}{call.Path}{(call.Query.Length > 0 ? "?" : "")}{call.Query}");
        Add(tags, TelemetryAttributes.ServerAddress, address.Host);
        AddPositive(tags, TelemetryAttributes.ServerPort, address.Port);
        AddPositive(tags, CallAttributes.Status, used?.Status ?? 0);
        Add(tags, TelemetryAttributes.PeerAddress, used?.Connection?.Address);
        AddPositive(tags, TelemetryAttributes.PeerPort, used?.Connection?.Port ?? 0);
        Add(tags, TelemetryAttributes.ProtocolVersion, used?.Protocol);
        Add(tags, CallAttributes.Cluster, call.Cluster);
        Add(tags, TelemetryAttributes.AuditId, call.AuditId.ToString());
        return tags;
    }

    private static void Add(List<KeyValuePair<string, object?>> tags, string name, string? value)
    {
        if (value is { Length: > 0 } && !CredentialText.Contains(value))
        {
            tags.Add(new(name, value));
        }
    }

    private static void AddPositive(List<KeyValuePair<string, object?>> tags, string name, int value)
    {
        if (value > 0)
        {
            tags.Add(new(name, value));
        }
    }
}
