namespace KubeLens.Store.Access;

/// <summary>
/// Keeps web pages of others out: a name that resolves to loopback (DNS rebinding) is refused by its Host, a page
/// elsewhere by its Origin or <c>Sec-Fetch-Site</c>.
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next)
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return RefuseAsync(context, StatusCodes.Status400BadRequest, $"Host: \"{request.Host.Host}\" is not served here; use 127.0.0.1 or localhost.");
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, $"Origin: pages of \"{origin}\" may not call the Store.");
        }

        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site is not ("same-origin" or "none"))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, $"Sec-Fetch-Site: \"{site}\" requests may not call the Store.");
        }

        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) => Results.Problem(detail, statusCode: status).ExecuteAsync(context);
}
