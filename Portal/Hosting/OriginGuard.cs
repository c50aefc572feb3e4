namespace KubeLens.Portal.Hosting;

/// <summary>
/// Refuses what another site's page sends: browsers state the page's origin on posts and on the WebSocket of the
/// Blazor hub, which no cookie rule protects.
/// </summary>
internal static class OriginGuard
{
    public static void UseOriginGuard(this WebApplication app) => app.Use((context, next) =>
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || IsOwn(origin, context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This address answers to its own pages only.", context.RequestAborted);
    });

    private static bool IsOwn(string origin, HttpRequest request)
        => string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
