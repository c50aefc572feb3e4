using KubeLens.Store.Audit;
using KubeLens.Store.Export;
using KubeLens.Store.Ingest;
using KubeLens.Store.Live;
using KubeLens.Store.Search;
using Microsoft.AspNetCore.Authorization;

namespace KubeLens.Store.Access;

/// <summary>Every endpoint and the role that it asks for. What is not in here does not start.</summary>
internal static class AccessTable
{
    public static readonly IReadOnlyDictionary<string, StoreRole> Roles = new Dictionary<string, StoreRole>
    {
        [$"POST {LogsApi.Route}"] = StoreRole.Service,
        [$"POST {AuditWebhookApi.Route}"] = StoreRole.ApiServer,
        [$"GET {CallsApi.Route}"] = StoreRole.Auditor,
        [$"GET {CallsApi.Route}/{{id}}"] = StoreRole.Auditor,
        [$"GET {CallsApi.Route}/{{id}}/recording"] = StoreRole.Auditor,
        [$"GET {ExportApi.Route}"] = StoreRole.Auditor,
        [$"GET {LiveApi.Route}"] = StoreRole.Auditor,
        [$"POST {SessionsApi.Route}"] = StoreRole.Anyone,
        ["* /health/live"] = StoreRole.Anyone,
        ["* /health/ready"] = StoreRole.Anyone,
        ["GET /openapi/{documentName}.json"] = StoreRole.Anyone,
    };

    /// <summary>Puts the role of the table on every endpoint of the group.</summary>
    public static TBuilder WithAccessTable<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Finally(endpoint =>
        {
            var name = NameOf((RouteEndpointBuilder)endpoint);
            if (!Roles.TryGetValue(name, out var role))
            {
                throw new InvalidOperationException($"The endpoint \"{name}\" has no role in AccessTable.");
            }

            endpoint.Metadata.Add(role == StoreRole.Anyone ? new AllowAnonymousAttribute() : new AuthorizeAttribute { Roles = role.ToString() });
        });
        return builder;
    }

    private static string NameOf(RouteEndpointBuilder endpoint)
    {
        var methods = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
        return $"{(methods.Count == 0 ? "*" : string.Join(',', methods))} /{endpoint.RoutePattern.RawText?.Trim('/')}";
    }
}
