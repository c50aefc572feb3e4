using KubeLens.DemoCluster.Api.Discovery;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Kinds;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.DemoCluster.Api;

/// <summary>The end of the pipeline: resources, discovery, health; what goes wrong on the way becomes a Status.</summary>
internal sealed class ApiMiddleware(RequestDelegate next, ResourceRouter router, ILogger<ApiMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<ApiRequest>();
        try
        {
            if (request.Kind is { } kind)
            {
                await router.RouteAsync(context, request, kind);
            }
            else if (request.Info.IsResourceRequest && ResourceKinds.All.Any(known => IsVersionOf(known, request)))
            {
                throw ApiErrors.NoResource();
            }
            else if (!await RootPaths.TryAnswerAsync(context, request.Info.Path))
            {
                await next(context);
            }
        }
        catch (ApiException error) when (!context.Response.HasStarted)
        {
            await Responses.FailureAsync(context, error);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; nobody is there to answer.
            return;
        }
        catch (Exception defect) when (defect is not OperationCanceledException and not BadHttpRequestException && !context.Response.HasStarted)
        {
            ApiLog.Failed(logger, context.Request.Method, request.Info.Path, defect);
            await Responses.FailureAsync(context, new ApiException(500, "InternalError", $"Internal error occurred: {defect.Message}"));
        }
    }

    private static bool IsVersionOf(ResourceKind known, ApiRequest request) =>
        known.Group == request.Info.ApiGroup && known.Version == request.Info.ApiVersion;
}
