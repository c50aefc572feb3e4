using System.Globalization;
using KubeLens.DemoCluster.Kinds;
using KubeLens.Gateway.Normalize;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.DemoCluster.Api;

/// <summary>The very first step: what the request asks for, and by which id it will be spoken of.</summary>
internal sealed class ApiRequestMiddleware(RequestDelegate next)
{
    private const string AuditIdHeader = "Audit-ID";
    private const int LongestAuditId = 64;

    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var info = RequestInfoParser.Parse(context.Request.Method, target);
        var kind = info.IsResourceRequest ? ResourceKinds.Find(info.ApiGroup, info.ApiVersion, info.Resource) : null;
        var request = new ApiRequest(info, IsPrefixRight(info) ? kind : null) { AuditId = AuditId(context.Request) };
        context.Features.Set(request);
        context.Response.Headers["Audit-Id"] = request.AuditId;
        return next(context);
    }

    /// <summary>The core group is under <c>/api</c>, all others are under <c>/apis</c>.</summary>
    private static bool IsPrefixRight(RequestInfo info) => info.ApiPrefix == (info.ApiGroup.Length == 0 ? "api" : "apis");

    private static string AuditId(HttpRequest request)
    {
        var sent = request.Headers[AuditIdHeader].ToString();
        return sent.Length is > 0 and <= LongestAuditId && sent.All(letter => letter is > ' ' and <= '~')
            ? sent
            : Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture);
    }
}
