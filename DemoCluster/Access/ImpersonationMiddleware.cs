using KubeLens.DemoCluster.Access.Rbac;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Output;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.DemoCluster.Access;

/// <summary>Lets a request act as another user when RBAC lets its caller impersonate all that it names.</summary>
internal sealed class ImpersonationMiddleware(RequestDelegate next, RbacAuthorizer authorizer)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<ApiRequest>();
        ImpersonationRequest? wish;
        try
        {
            wish = ImpersonationRequest.Read(context.Request.Headers, request.Info.Path);
        }
        catch (ApiException refusal)
        {
            return Responses.FailureAsync(context, refusal);
        }

        if (wish is null)
        {
            return next(context);
        }

        foreach (var demand in wish.Demands(request.User))
        {
            var decision = authorizer.Decide(demand);
            if (!decision.Allowed)
            {
                context.Features.Set(new AccessFeature(decision));
                return Responses.FailureAsync(context, Refusals.Forbidden(demand, decision.Reason));
            }
        }

        (request.Impersonator, request.User) = (request.User, wish.Become());
        return next(context);
    }
}
