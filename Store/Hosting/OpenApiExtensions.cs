using KubeLens.Store.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace KubeLens.Store.Hosting;

internal static class OpenApiExtensions
{
    private const string Scheme = "bearer";

    /// <summary>The document at <c>/openapi/v1.json</c>; every endpoint with a role asks for a bearer token in it.</summary>
    public static WebApplicationBuilder AddStoreOpenApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(openApi =>
        {
            openApi.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "KubeLens Store";
                document.Info.Description = "Calls to Kubernetes APIs: ingest and search.";
                document.Servers = [];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Scheme] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = Scheme,
                        Description = "An API token (klt_…), that of KUBELENS_HOME, a session token from POST /api/v1/sessions, (for ingest only) the service token, or (for the audit webhook only) the token of a cluster's apiserver.",
                    },
                };
                return Task.CompletedTask;
            });
            openApi.AddOperationTransformer((operation, context, _) =>
            {
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<AuthorizeAttribute>().LastOrDefault() is { } authorize)
                {
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [authorize.Roles ?? StoreRole.Auditor.ToString()] }];
                }

                return Task.CompletedTask;
            });
        });
        return builder;
    }
}
