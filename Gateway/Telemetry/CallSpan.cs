using System.Diagnostics;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Telemetry;

/// <summary>
/// The spans of one call: SERVER, and below it the authentication and the CLIENT span of the upstream. There is none where nobody
/// listens. Whether they are exported may only be known at the end of the call, so all of them are closed together.
/// <code>
/// most calls   SERVER ├ authenticate ├ CLIENT ┤ until the last byte
/// long calls   SERVER ├ authenticate ├ CLIENT ┤ until the answer begins … at the end a summary, in a trace of its own, linked
/// </code>
/// </summary>
/// <param name="server">Started.</param>
/// <param name="named">The caller's <c>traceparent</c>; default where it sent none.</param>
internal sealed class CallSpan(Activity server, ActivityContext named, TimeProvider clock)
{
    // A watch lasts for hours: what is closed is let go.
    private Activity? _server = server;
    private ActivityContext _closed;
    private Activity? _authentication;
    private Activity? _upstream;

    /// <summary>What a call's record names: its own span where that is exported, else the one that the caller named, else none.</summary>
    public ActivityContext Exported => (_server?.Context ?? _closed) is var own && own.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? own : named;

    /// <summary>What the upstream is told: the CLIENT span where it is sure to be exported.</summary>
    public Activity? Upstream => _upstream is { Recorded: true } ? _upstream : null;

    /// <summary>Whether its answer has begun and it goes on: what is left to tell is a summary.</summary>
    public bool IsClosed => _server is null;

    /// <summary>Exports it whatever was sampled.</summary>
    public void Keep()
    {
        Keep(_server);
        Keep(_authentication);
        Keep(_upstream);
    }

    public void BeginAuthentication() => _authentication = Child(SpanNames.Authentication, ActivityKind.Internal);

    /// <param name="result">One of few words.</param>
    public void EndAuthentication(string result, string? user, string? error)
    {
        if (_authentication is null)
        {
            return;
        }

        _authentication.AddTag(TelemetryAttributes.AuthenticationStatus, result);
        if (user is { Length: > 0 })
        {
            _authentication.AddTag(Contracts.Otlp.CallAttributes.User, user);
        }

        Fail(_authentication, error);
        _authentication.SetEndTime(clock.GetUtcNow().UtcDateTime);
    }

    public void BeginUpstream(string method, RequestInfo info) => _upstream = Child(SpanNames.OfUpstream(method, info), ActivityKind.Client);

    /// <summary>Ends and exports what is to be; once.</summary>
    /// <param name="tags">Of the SERVER span.</param>
    /// <param name="upstreamTags">Of the CLIENT span.</param>
    public void Close(Guid auditId, List<KeyValuePair<string, object?>> tags, string? error, List<KeyValuePair<string, object?>> upstreamTags, string? upstreamError)
    {
        var id = auditId.ToString();
        Stop(_authentication?.AddTag(TelemetryAttributes.AuditId, id));
        if (_upstream is not null)
        {
            Add(_upstream, upstreamTags);
            Fail(_upstream, upstreamError);
            Stop(_upstream);
        }

        if (_server is not null)
        {
            Add(_server, tags);
            Fail(_server, error);
            _closed = _server.Context;
            _server.Stop();
        }

        (_server, _authentication, _upstream) = (null, null, null);
    }

    /// <summary>A call that went on after its answer began has ended. Its span is the current one until it is disposed of.</summary>
    public Activity? Summarize(string name, List<KeyValuePair<string, object?>> tags, string? error)
    {
        var before = Activity.Current;
        Activity.Current = null; // a trace of its own
        var summary = CallTracing.Source.StartActivity(name, ActivityKind.Internal, default(ActivityContext), links: [new ActivityLink(_closed)]);
        if (summary is null)
        {
            Activity.Current = before;
            return null;
        }

        Keep(summary);
        Add(summary, tags);
        Fail(summary, error);
        return summary;
    }

    private static void Keep(Activity? activity)
    {
        if (activity is not null)
        {
            activity.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }
    }

    private static void Stop(Activity? child)
    {
        var current = Activity.Current;
        child?.Stop();
        Activity.Current = current;
    }

    private static void Add(Activity activity, List<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
        {
            activity.AddTag(key, value);
        }
    }

    private static void Fail(Activity activity, string? error)
    {
        if (error is not null)
        {
            activity.AddTag(TelemetryAttributes.ErrorType, error);
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    // The current one stays the SERVER span: what is logged meanwhile belongs to it.
    private Activity? Child(string name, ActivityKind kind)
    {
        if (_server is null)
        {
            return null;
        }

        var current = Activity.Current;
        var child = CallTracing.Source.StartActivity(name, kind, _server.Context);
        if (child is not null && !_server.Recorded)
        {
            child.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        Activity.Current = current;
        return child;
    }
}
