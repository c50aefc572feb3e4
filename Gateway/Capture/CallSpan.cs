using System.Diagnostics;
using KubeLens.Contracts.Otlp;

namespace KubeLens.Gateway.Capture;

/// <summary>The SERVER span of one call, from the gateway's own source; free when nobody listens.</summary>
internal readonly struct CallSpan : IDisposable
{
    private static readonly ActivitySource Source = new("KubeLens.Gateway");

    private readonly Activity? _activity;

    private CallSpan(Activity? activity) => _activity = activity;

    /// <summary>Continues the caller's <c>traceparent</c> where it sent one.</summary>
    public static CallSpan Start(HttpContext context)
    {
        if (!Source.HasListeners())
        {
            return default;
        }

        return new CallSpan(Source.StartActivity("call", ActivityKind.Server, Parent(context.Request)));
    }

    /// <summary>The trace that a call belongs to: its own exported span, else the one that the caller named, else none.</summary>
    public static ActivityContext TraceOf(HttpRequest request) =>
        Activity.Current is { } current && current.Source == Source ? current.Context : Parent(request);

    public void End(CallExchange exchange)
    {
        if (_activity is null)
        {
            return;
        }

        var info = exchange.Info;
        _activity.DisplayName = info.IsResourceRequest
            ? info.Subresource.Length == 0 ? $"{info.Verb} {info.Resource}" : $"{info.Verb} {info.Resource}/{info.Subresource}"
            : info.Verb;
        _activity.SetTag(CallAttributes.Method, exchange.Method);
        _activity.SetTag(CallAttributes.Verb, info.Verb);
        _activity.SetTag(CallAttributes.ApiGroup, info.ApiGroup);
        _activity.SetTag(CallAttributes.Resource, info.Resource);
        _activity.SetTag(CallAttributes.Namespace, info.Namespace);
        _activity.SetTag(CallAttributes.Name, info.Name);
        _activity.SetTag(CallAttributes.AuditId, exchange.AuditId.ToString());
        _activity.SetTag(CallAttributes.Status, exchange.Context.Response.StatusCode);
        if (exchange.Context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            _activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose() => _activity?.Dispose();

    private static ActivityContext Parent(HttpRequest request) =>
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent) ? parent : default;
}
