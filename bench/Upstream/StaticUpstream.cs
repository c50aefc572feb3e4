using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Bench.Upstream;

/// <summary>Stands for the kube-apiserver: TLS, HTTP/1.1 and HTTP/2, the same answer to everything, with the headers an apiserver sends.</summary>
internal sealed class StaticUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StaticUpstream(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<StaticUpstream> StartAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
        => new(await Web.StartAsync(listen => listen.UseHttps(certificate), app => app.Run(AnswerAsync), cancellationToken));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = ConfigMap.Json.Length;
        response.Headers.CacheControl = "no-cache, private";
        response.Headers["Audit-Id"] = "0d4e8c5c-0f3c-4a5f-9d1e-0c8a3c1b7d55";
        response.Headers["X-Kubernetes-Pf-Flowschema-Uid"] = "f8b4c7f0-5b7e-4a55-9f3a-1d2e3f4a5b6c";
        response.Headers["X-Kubernetes-Pf-Prioritylevel-Uid"] = "a1b2c3d4-e5f6-4a1b-8c2d-3e4f5a6b7c8d";
        await response.Body.WriteAsync(ConfigMap.Json, context.RequestAborted);
    }
}
