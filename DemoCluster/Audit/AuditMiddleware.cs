using KubeLens.DemoCluster.Api;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.DemoCluster.Audit;

/// <summary>Writes the stages of a request that its caller's credential let in.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditWriter writer, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext context) => writer.IsOn ? AuditAsync(context, context.Features.GetRequiredFeature<ApiRequest>()) : next(context);

    private async Task AuditAsync(HttpContext context, ApiRequest request)
    {
        var trail = new AuditTrail(context, request, clock.GetUtcNow());
        writer.Write(trail.Event("RequestReceived", clock.GetUtcNow(), null));
        if (request.Info.IsLongRunning)
        {
            context.Response.OnStarting(() =>
            {
                writer.Write(trail.Event("ResponseStarted", clock.GetUtcNow(), AuditStatus.Of(context.Response.StatusCode, context.Features.Get<ApiException>())));
                return Task.CompletedTask;
            });
        }

        var code = 0;
        ApiException? refusal = null;
        try
        {
            await next(context);
            code = context.Response.StatusCode;
        }
        catch (ApiException thrown)
        {
            refusal = thrown;
            throw;
        }
        catch
        {
            code = context.Response.HasStarted ? context.Response.StatusCode : StatusCodes.Status500InternalServerError;
            throw;
        }
        finally
        {
            writer.Write(trail.Event("ResponseComplete", clock.GetUtcNow(), AuditStatus.Of(code, refusal ?? context.Features.Get<ApiException>())));
        }
    }
}
