using KubeLens.Store.Access.Clusters;
using KubeLens.Store.Access.Limits;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Access.Tokens;
using KubeLens.Store.AccessReview;
using KubeLens.Store.Audit;
using KubeLens.Store.Commands;
using KubeLens.Store.Counts;
using KubeLens.Store.Export;
using KubeLens.Store.Health;
using KubeLens.Store.Holds;
using KubeLens.Store.Ingest;
using KubeLens.Store.Live;
using KubeLens.Store.Notes;
using KubeLens.Store.Objects;
using KubeLens.Store.SavedSearches;
using KubeLens.Store.Search;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace KubeLens.Store.Access;

/// <summary>
/// Every endpoint and the least role that it asks for. What is not in here does not start. Where a viewer may ask for what has bodies in it, the
/// answer leaves them out and says so (<see cref="MetadataView"/>).
/// </summary>
internal static class AccessTable
{
    public static readonly IReadOnlyDictionary<string, StoreRole> Roles = new Dictionary<string, StoreRole>
    {
        [$"POST {LogsApi.Route}"] = StoreRole.Service,
        [$"POST {AuditWebhookApi.Route}"] = StoreRole.ApiServer,
        [$"GET {CallsApi.Route}"] = StoreRole.Viewer,
        [$"GET {CallsApi.Route}/{{id}}"] = StoreRole.Viewer,
        [$"GET {CallsApi.Route}/{{id}}/recording"] = StoreRole.Auditor,
        [$"GET {CallsApi.Route}/{{id}}/object"] = StoreRole.Auditor,
        [$"GET {CallsApi.Route}/{{id}}/change"] = StoreRole.Viewer,
        [$"GET {ObjectsApi.Route}"] = StoreRole.Viewer,
        [$"GET {CountsApi.HistogramRoute}"] = StoreRole.Viewer,
        [$"GET {CountsApi.FacetsRoute}"] = StoreRole.Viewer,
        [$"GET {ExportApi.Route}"] = StoreRole.Viewer,
        [$"GET {LiveApi.Route}"] = StoreRole.Viewer,
        [$"GET {CommandsApi.Route}"] = StoreRole.Viewer,
        [$"GET {AccessReviewApi.Route}"] = StoreRole.Viewer,
        [$"GET {StatusApi.Route}"] = StoreRole.Viewer,
        [$"GET {SavedSearchesApi.Route}"] = StoreRole.Viewer,
        [$"GET {SavedSearchesApi.Route}/{{name}}"] = StoreRole.Viewer,
        [$"PUT {SavedSearchesApi.Route}/{{name}}"] = StoreRole.Viewer,
        [$"DELETE {SavedSearchesApi.Route}/{{name}}"] = StoreRole.Viewer,
        [$"GET {NotesApi.Route}"] = StoreRole.Viewer,
        [$"POST {NotesApi.Route}"] = StoreRole.Viewer,
        [$"PUT {NotesApi.OneRoute}"] = StoreRole.Viewer,
        [$"DELETE {NotesApi.OneRoute}"] = StoreRole.Viewer,
        [$"GET {HoldsApi.Route}"] = StoreRole.Auditor,
        [$"POST {HoldsApi.Route}"] = StoreRole.Admin,
        [$"DELETE {HoldsApi.Route}/{{id:long}}"] = StoreRole.Admin,
        [$"GET {AccessRecordsApi.Route}"] = StoreRole.Admin,
        [$"POST {TokensApi.Route}"] = StoreRole.Admin,
        [$"GET {TokensApi.Route}"] = StoreRole.Admin,
        [$"DELETE {TokensApi.Route}/{{id:long}}"] = StoreRole.Admin,
        [$"POST {SessionsApi.Route}"] = StoreRole.Anyone,
        ["* /health/live"] = StoreRole.Anyone,
        ["* /health/ready"] = StoreRole.Anyone,
        ["* /health/metrics"] = StoreRole.Anyone, // only with Telemetry:Prometheus, which says from where
        ["GET /openapi/{documentName}.json"] = StoreRole.Anyone,
    };

    /// <summary>Those that may be asked with a token of one cluster: their answers have calls of their <c>q</c> alone, or of the cluster by themselves.</summary>
    public static readonly IReadOnlySet<string> OfOneCluster = new HashSet<string>
    {
        $"GET {CallsApi.Route}", $"GET {CallsApi.Route}/{{id}}", $"GET {CountsApi.HistogramRoute}", $"GET {CountsApi.FacetsRoute}", $"GET {ExportApi.Route}", $"GET {LiveApi.Route}",
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

            if (StoreRoles.OfPeople.Contains(role))
            {
                endpoint.Metadata.Add(new EnableRateLimitingAttribute(LimitExtensions.Policy));
            }

            if (OfOneCluster.Contains(name))
            {
                endpoint.Metadata.Add(OneCluster.Instance);
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
