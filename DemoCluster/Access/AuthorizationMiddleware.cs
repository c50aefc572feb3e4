using KubeLens.DemoCluster.Access.Rbac;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Output;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.DemoCluster.Access;

/// <summary>Lets a request on that RBAC allows.</summary>
internal sealed class AuthorizationMiddleware(RequestDelegate next, RbacAuthorizer authorizer)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<ApiRequest>();
        var attributes = AccessAttributes.Of(request.User, request.Info);
        var decision = authorizer.Decide(attributes);
        context.Features.Set(new AccessFeature(decision));
        return decision.Allowed ? next(context) : Responses.FailureAsync(context, Refusals.Forbidden(attributes, decision.Reason));
    }
}
