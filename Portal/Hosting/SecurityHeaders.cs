namespace KubeLens.Portal.Hosting;

/// <summary>Recorded bodies come from anyone who may call the cluster; these headers keep them from ever becoming code.</summary>
internal static class SecurityHeaders
{
    // style-src needs 'unsafe-inline': the component library writes its theme as a <style> element and places pop-ups
    // with style attributes. Scripts get no such exception: no inline script, no handler attribute, no eval.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // Not no-referrer: with it browsers post our own forms with the origin "null", which the origin guard refuses.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return next(context);
    });
}
