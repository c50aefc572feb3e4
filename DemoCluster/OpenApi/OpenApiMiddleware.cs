using Microsoft.Net.Http.Headers;

namespace KubeLens.DemoCluster.OpenApi;

/// <summary>
/// Answers <c>/openapi/v2</c>, <c>/openapi/v3</c> and the documents the latter lists. A document's address carries its hash:
/// with the right one it may be kept for good, with an old one the client is sent on.
/// </summary>
internal sealed class OpenApiMiddleware(RequestDelegate next, OpenApiAnswers answers)
{
    private const string V3Prefix = "/openapi/v3/";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith("/openapi/", StringComparison.Ordinal) || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            return next(context);
        }

        switch (path.TrimEnd('/'))
        {
            case "/openapi/v2":
                return SendAsync(context, OpenApiMediaTypes.WantsV2Protobuf(context.Request.Headers.Accept.ToString()) ? answers.V2Protobuf : answers.V2);
            case "/openapi/v3":
                return SendAsync(context, answers.V3Index);
            default:
                return path.StartsWith(V3Prefix, StringComparison.Ordinal) && answers.V3(path[V3Prefix.Length..]) is { } answer
                    ? SendHashedAsync(context, path, answer)
                    : next(context);
        }
    }

    private static Task SendHashedAsync(HttpContext context, string path, OpenApiAnswer answer)
    {
        var hash = context.Request.Query["hash"].ToString();
        if (hash.Length == 0)
        {
            return SendAsync(context, answer);
        }

        if (hash != answer.Hash)
        {
            context.Response.Redirect($"{path}?hash={answer.Hash}", permanent: true);
            return Task.CompletedTask;
        }

        return SendAsync(context, answer, "public, immutable, max-age=31536000");
    }

    private static Task SendAsync(HttpContext context, OpenApiAnswer answer, string caching = "no-cache, private")
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        var tag = $"\"{answer.Hash}\"";
        headers.ETag = tag;
        headers.CacheControl = caching;
        headers.Vary = HeaderNames.Accept;
        if (request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = answer.ContentType;
        headers.ContentLength = answer.Body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }
}
