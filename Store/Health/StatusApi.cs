using KubeLens.Contracts.Health;

namespace KubeLens.Store.Health;

/// <summary><c>GET /api/v1/status</c>: how the Store is.</summary>
internal static class StatusApi
{
    public const string Route = "/api/v1/status";

    public static void MapStatus(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Route, async (StatusReader reader, CancellationToken cancellationToken) => Results.Ok(await reader.ReadAsync(cancellationToken)))
            .WithTags("Status")
            .WithName("GetStatus")
            .WithSummary("How the Store is, part by part")
            .WithDescription("Answered also while the database is away: a part that cannot be read says so, and has no value.")
            .Produces<StoreStatus>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
}
