using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>Searches that are kept, of the signed-in user and of others.</summary>
internal sealed class SavedSearchScript
{
    /// <summary>Who signs in.</summary>
    public const string User = "alice";

    public List<SavedSearchItem> Items { get; } = [];

    /// <summary>Answers in place of the list.</summary>
    public Func<IResult?> OnList { get; set; } = () => null;

    /// <summary>Answers in place of a deletion.</summary>
    public Func<IResult?> OnDelete { get; set; } = () => null;

    public static SavedSearchItem Item(string name, string query, string owner = User, bool isShared = false) =>
        new(name, query, "now-7d", "now", [], owner, isShared, TimeProvider.System.GetUtcNow());

    public static void Map(WebApplication app, Func<HttpRequest, SavedSearchScript?> scriptOf)
    {
        app.MapGet("/api/v1/saved-searches", (HttpRequest request) => scriptOf(request) is { } script ? script.OnList() ?? Results.Ok(new SavedSearchList([.. script.Items])) : Results.Unauthorized());
        app.MapPut("/api/v1/saved-searches/{name}", (HttpRequest request, string name, SavedSearchRequest search) => scriptOf(request) is { } script ? script.Keep(name, search) : Results.Unauthorized());
        app.MapDelete("/api/v1/saved-searches/{name}", (HttpRequest request, string name, string? owner) =>
            scriptOf(request) is { } script ? script.OnDelete() ?? (script.Items.RemoveAll(item => item.Name == name && item.Owner == (owner ?? User)) > 0 ? Results.NoContent() : Results.NotFound()) : Results.Unauthorized());
    }

    private IResult Keep(string name, SavedSearchRequest search)
    {
        if (name.Length > 100)
        {
            const string Text = "name: expected one line of 1 to 100 characters.";
            return Results.Json(new QueryProblem("about:blank", Text, 400, [new QueryMessage("Q165", "name", 0, name.Length, Text, "")]), statusCode: StatusCodes.Status400BadRequest);
        }

        if (name == "one too many")
        {
            return Results.Problem("You keep 200 searches, as many as there may be: delete one first.", statusCode: StatusCodes.Status409Conflict);
        }

        Items.RemoveAll(item => item.Name == name && item.Owner == User);
        Items.Add(new SavedSearchItem(name, search.Query!, search.From!, search.To!, search.Columns ?? [], User, search.IsShared, TimeProvider.System.GetUtcNow()));
        return Results.Ok(Items[^1]);
    }
}
