using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Capture.Connections;

/// <summary>
/// Marks connections over which a request came, and learns from the server of what came and was none: it answers that with 400, 408, 414 or 431
/// itself, before any middleware.
/// </summary>
internal sealed class RequestWatch(DiagnosticListener server) : IStartupFilter, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";
    private IDisposable? _subscription;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        _subscription ??= server.Subscribe(this, static (name, _, _) => name == BadRequest);
        return app =>
        {
            app.Use(MarkAsync);
            next(app);
        };
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not IFeatureCollection features || features.Get<IBadRequestExceptionFeature>()?.Error is not { } error)
        {
            return;
        }

        var status = (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
        CaptureMetrics.Malformed(status);
        if (features.Get<ConnectionFacts>() is { } facts)
        {
            facts.Problem = status == StatusCodes.Status408RequestTimeout ? "timeout" : "bad_request";
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription?.Dispose();

    private static Task MarkAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<ConnectionFacts>() is { } facts)
        {
            facts.HasRequest = true;
        }

        return next(context);
    }
}
