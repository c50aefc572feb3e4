using KubeLens.Contracts.Holds;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>Legal holds.</summary>
internal sealed class HoldScript
{
    public List<HoldItem> Items { get; } = [];

    public int Lists { get; private set; }

    /// <summary>Answers in place of the list.</summary>
    public Func<IResult?> OnList { get; set; } = () => null;

    /// <summary>Answers whoever places or releases one.</summary>
    public Func<IResult?> OnChange { get; set; } = () => null;

    public static HoldItem Item(long id, string name, string query, long? kept = 0, string? releasedBy = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new HoldItem(id, name, query, now.AddDays(-30), now.AddDays(30), "court order 7", "carol (session 1f2e3d4c)", now.AddDays(-2), releasedBy, releasedBy is null ? null : now.AddDays(-1), releasedBy is null ? kept : null);
    }

    public static void Map(WebApplication app, Func<HttpRequest, HoldScript?> scriptOf)
    {
        app.MapGet("/api/v1/holds", (HttpRequest request) => scriptOf(request) is { } script ? script.List() : Results.Unauthorized());
        app.MapPost("/api/v1/holds", (HttpRequest request, HoldRequest hold) => scriptOf(request) is { } script ? script.OnChange() ?? script.Place(hold) : Results.Unauthorized());
        app.MapDelete("/api/v1/holds/{id:long}", (HttpRequest request, long id) => scriptOf(request) is { } script ? script.OnChange() ?? script.Release(id) : Results.Unauthorized());
    }

    private IResult List()
    {
        Lists++;
        return OnList() ?? Results.Ok(new HoldList([.. Items], 1_204, 5 << 20));
    }

    private IResult Place(HoldRequest hold)
    {
        if (string.IsNullOrEmpty(hold.Reason) || hold.Query != "user:alice")
        {
            QueryMessage[] wrong = [new("Q101", "query", 0, 3, "There is no field usr.", "user:alice"), new("Q173", "reason", 0, 1, "reason has to be one line of 1 to 1000 characters: it is recorded.", "")];
            return Results.Json(new QueryProblem("about:blank", wrong[0].Text, 400, wrong), statusCode: StatusCodes.Status400BadRequest);
        }

        Items.Insert(0, Item(Items.Count + 1, hold.Name!, hold.Query!));
        return Results.Json(Items[0], statusCode: StatusCodes.Status201Created);
    }

    private IResult Release(long id)
    {
        var at = Items.FindIndex(item => item.Id == id);
        Items[at] = Items[at] with { ReleasedBy = "alice (session 9a8b7c6d)", ReleasedAt = TimeProvider.System.GetUtcNow(), KeptCalls = null };
        return Results.NoContent();
    }
}
