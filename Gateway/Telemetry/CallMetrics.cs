using System.Diagnostics;
using System.Diagnostics.Metrics;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Telemetry;

/// <summary>
/// The meter <c>KubeLens.Gateway.Calls</c>: what calls were made, how long they took, what passed. Every attribute is bounded (docs/telemetry.md):
/// names that clients choose count only once an apiserver has answered them well, and then up to a number.
/// </summary>
internal sealed class CallMetrics
{
    public const string MeterName = "KubeLens.Gateway.Calls";

    private const string Kind = "k8s.api.long_running.kind", Client = "k8s.api.client", EventType = "k8s.api.watch.event.type";
    private const int RoutesOfAResource = 4, LongestClient = 64;

    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _longRunning;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _watchEvents;
    private readonly Counter<long> _watchBytes;
    private readonly Counter<long> _unpaginated;
    private readonly Counter<long> _unpaginatedBytes;
    private readonly Counter<long> _clientBytes;
    private readonly bool _tells;
    private readonly long[] _active = new long[LongRunningKinds.Count];

    private readonly BoundedNames<ResourceLabel> _resources;
    private readonly BoundedNames<string> _routes;
    private readonly BoundedNames<string> _clients;

    public CallMetrics(IMeterFactory meters, IOptions<TelemetryOptions> options)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram("http.server.request.duration", "s", "Duration of HTTP server requests, without those that may take long.", advice: Buckets(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10));
        _longRunning = meter.CreateHistogram("k8s.api.long_running.duration", "s", "Duration of watches, shells and other calls that may take long, by kind and outcome.", advice: Buckets(1, 10, 60, 300, 600, 1800, 3600, 14400, 86400));
        _requests = meter.CreateCounter<long>("k8s.api.requests", "{request}", "Calls that have ended.");
        _watchEvents = meter.CreateCounter<long>("k8s.api.watch.events", "{event}", "Events of watches, as they pass.");
        _watchBytes = meter.CreateCounter<long>("k8s.api.watch.bytes", "By", "Bytes of the events of watches, as they pass.");
        _unpaginated = meter.CreateCounter<long>("k8s.api.lists.unpaginated", "{list}", "Lists without a limit that were answered, by who asked.");
        _unpaginatedBytes = meter.CreateCounter<long>("k8s.api.lists.unpaginated.bytes", "By", "Bytes of the answers to lists without a limit, by who asked.");
        _clientBytes = meter.CreateCounter<long>("k8s.api.client.bytes", "By", "Bytes of answers, by who asked.");
        meter.CreateObservableUpDownCounter("k8s.api.long_running.active", Active, "{call}", "Watches, shells and other calls that may take long and run, by kind.");
        _tells = options.Value.Calls;
        var bounds = options.Value;
        (_resources, _routes, _clients) = (new(bounds.MetricResources), new(bounds.MetricResources * RoutesOfAResource), new(bounds.MetricClients));
    }

    /// <summary>Whether anybody counts.</summary>
    public bool IsWanted => _tells && _requests.Enabled;

    /// <summary>A call that may take long has gone on.</summary>
    public void Began(LongRunningKind kind) => Interlocked.Increment(ref _active[(int)kind]);

    /// <summary>It has ended.</summary>
    public void EndedLong(LongRunningKind kind) => Interlocked.Decrement(ref _active[(int)kind]);

    /// <summary>Counts the events of a watch that was answered with 200; null where nobody counts.</summary>
    public WatchEventCount? WatchOf(RequestInfo info) => _tells && _watchEvents.Enabled ? new WatchEventCount(this, Label(info, admit: true)) : null;

    internal void WatchEvent(string type, in ResourceLabel label, long bytes)
    {
        var tags = new TagList { { EventType, type }, { CallAttributes.ApiGroup, label.Group }, { CallAttributes.Resource, label.Resource } };
        _watchEvents.Add(1, tags);
        _watchBytes.Add(bytes, tags);
    }

    /// <summary>A call has ended; in the flow of its span, which exemplars name.</summary>
    public void Ended(CallExchange exchange, CallRecord call, string? error)
    {
        var info = exchange.Info;
        var isWell = exchange.Upstream is { Status: > 0 and < StatusCodes.Status400BadRequest };
        var label = Label(info, isWell);
        _requests.Add(1, new TagList
        {
            { CallAttributes.Verb, SpanNames.Verb(call.Verb) },
            { CallAttributes.ApiGroup, label.Group },
            { CallAttributes.Resource, label.Resource },
            { CallAttributes.Subresource, label.Subresource },
            { CallAttributes.Status, call.Status },
            { CallAttributes.Cluster, call.Cluster },
        });
        if (exchange.LongRunning is { } kind)
        {
            _longRunning.Record(call.LatencyUs / 1e6, new TagList { { Kind, LongRunningKinds.Word(kind) }, { TelemetryAttributes.Outcome, CallError.Word(call.Outcome) } });
        }
        else
        {
            _duration.Record(call.LatencyUs / 1e6, Duration(exchange, call, isWell, error));
        }

        CountClient(call, label, isWell);
    }

    private TagList Duration(CallExchange exchange, CallRecord call, bool isWell, string? error)
    {
        var tags = new TagList { { CallAttributes.Method, SpanNames.Method(call.Method) }, { TelemetryAttributes.Scheme, exchange.Context.Request.Scheme }, { CallAttributes.Status, call.Status }, { CallAttributes.Cluster, call.Cluster } };
        if (RouteTemplate.Of(exchange.Info) is { } route && _routes.Knows(route, isWell))
        {
            tags.Add(TelemetryAttributes.Route, route);
        }

        if (error is not null)
        {
            tags.Add(TelemetryAttributes.ErrorType, error);
        }

        return tags;
    }

    private void CountClient(CallRecord call, in ResourceLabel label, bool isWell)
    {
        if (!isWell)
        {
            return;
        }

        var client = ClientOf(call.UserAgent);
        _clientBytes.Add(call.ResponseBytes, new TagList { { Client, client } });
        if (call.Verb == "list" && call.Name.Length == 0 && call.Options is { Limit: null, Continued: false })
        {
            var tags = new TagList { { Client, client }, { CallAttributes.ApiGroup, label.Group }, { CallAttributes.Resource, label.Resource } };
            _unpaginated.Add(1, tags);
            _unpaginatedBytes.Add(call.ResponseBytes, tags);
        }
    }

    // kubectl, kube-controller-manager: what a client says of itself, without version and system.
    private string ClientOf(string userAgent)
    {
        var name = ClientAgent.Read(userAgent).Name;
        return name.Length is > 0 and <= LongestClient && !CredentialText.Contains(name) && _clients.Knows(name, admit: true) ? name : ResourceLabel.OtherName;
    }

    private ResourceLabel Label(RequestInfo info, bool admit)
    {
        var label = new ResourceLabel(info.ApiGroup, info.Resource, info.Subresource);
        return !info.IsResourceRequest || _resources.Knows(label, admit: false) || (admit && !CredentialText.Contains($"{label}") && _resources.Knows(label, admit: true)) ? label : ResourceLabel.Other;
    }

    private IEnumerable<Measurement<long>> Active()
    {
        for (var kind = 0; _tells && kind < _active.Length; kind++)
        {
            yield return new(Interlocked.Read(ref _active[kind]), new KeyValuePair<string, object?>(Kind, LongRunningKinds.Word((LongRunningKind)kind)));
        }
    }

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
