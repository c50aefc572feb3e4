using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// Opens a <see cref="CallExchange"/> for every call, copies its request body while it is read, and makes sure that
/// the call is recorded exactly once, whichever way it ends. What it wraps it puts back.
/// </summary>
internal sealed class CaptureMiddleware(RequestDelegate next, CallRecorder recorder, CaptureBudget budget, CapturePolicies policies, CallTracing tracing, TimeProvider clock, IHostApplicationLifetime lifetime, DrainLimit drain)
{
    private long _sequence;

    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = Open(context);
        context.Features.Set(exchange);
        using var cut = drain.Reached.UnsafeRegister(static call => ((HttpContext)call!).Abort(), context);
        var body = context.Request.Body;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            context.Request.Body = new RequestTee(body, context.Request.BodyReader, exchange.RequestBody);
        }

        try
        {
            await next(context);
            exchange.Complete(CallOutcome.Completed);
        }
        finally
        {
            context.Request.Body = body;
            exchange.Complete(CallOutcome.UpstreamFailed); // only an exception gets here first
            recorder.RecordBodies(exchange);
        }
    }

    private CallExchange Open(HttpContext context)
    {
        var (cluster, target, _, _) = context.Features.GetRequiredFeature<ServedCall>();
        var method = context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true ? HttpMethods.Get : context.Request.Method;
        var info = cluster.Parse(method, target);
        var memory = info.IsLongRunning ? budget.Streams : budget;
        return new CallExchange(context, cluster, info, method, target, new BodyCapture(cluster.RequestBodyBytes, memory), new BodyCapture(cluster.ResponseBodyBytes, memory), recorder)
        {
            Span = tracing.Start(context, info),
            Client = ClientConnection.Of(context),
            Policy = policies.For(cluster.Plan),
            AuditId = Guid.CreateVersion7(clock.GetUtcNow()),
            StartTimestamp = clock.GetTimestamp(),
            Sequence = Interlocked.Increment(ref _sequence),
            GatewayStopping = lifetime.ApplicationStopping,
        };
    }
}
