using KubeLens.Gateway.Proxy;
using KubeLens.Gateway.Spool;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// Strict audit (<c>Capture:OnPressure=Refuse</c>): a call that the spool has no room for is not forwarded. With any other
/// policy this middleware is not in the pipeline.
/// </summary>
internal sealed class StrictAuditMiddleware(RequestDelegate next, ISpoolStatus spool)
{
    private const string RetryAfterSeconds = "5";

    public static bool IsWanted(IServiceProvider services) => services.GetRequiredService<IOptions<SpoolOptions>>().Value.OnPressure == PressurePolicy.Refuse;

    public Task InvokeAsync(HttpContext context)
    {
        if (spool.HasRoom)
        {
            return next(context);
        }

        CaptureMetrics.Refused();
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return KubernetesStatus.WriteAsync(
            context,
            StatusCodes.Status503ServiceUnavailable,
            "ServiceUnavailable",
            "kubelens gateway: the spool is full, and Capture:OnPressure=Refuse lets no call pass unrecorded. Bring the Store back, or raise Spool:MaxBytes",
            context.RequestAborted);
    }
}
