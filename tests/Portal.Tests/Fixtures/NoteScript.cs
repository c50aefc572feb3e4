using KubeLens.Contracts.Notes;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Portal.Tests.Fixtures;

/// <summary>Notes on calls, of the signed-in user and of others.</summary>
internal sealed class NoteScript
{
    private long _last;

    /// <summary>By the id of the call.</summary>
    public List<(string Call, NoteItem Note)> Items { get; } = [];

    /// <summary>Answers in place of the list.</summary>
    public Func<IResult?> OnList { get; set; } = () => null;

    /// <summary>Answers whoever writes, changes or deletes.</summary>
    public Func<IResult?> OnSave { get; set; } = () => null;

    public static void Map(WebApplication app, Func<HttpRequest, NoteScript?> scriptOf)
    {
        const string Route = "/api/v1/calls/{id}/notes";
        app.MapGet(Route, (HttpRequest request, string id) => scriptOf(request) is { } script ? script.OnList() ?? Results.Ok(new NoteList(script.Of(id))) : Results.Unauthorized());
        app.MapPost(Route, (HttpRequest request, string id, NoteRequest note) => scriptOf(request) is { } script ? script.OnSave() ?? Results.Json(script.Add(id, note.Text!.Trim()), statusCode: StatusCodes.Status201Created) : Results.Unauthorized());
        app.MapPut(Route + "/{note:long}", (HttpRequest request, string id, long note, NoteRequest changed) => scriptOf(request) is { } script ? script.OnSave() ?? script.Change(note, changed.Text!) : Results.Unauthorized());
        app.MapDelete(Route + "/{note:long}", (HttpRequest request, long note) => scriptOf(request) is { } script ? script.OnSave() ?? (script.Remove(note) ? Results.NoContent() : Results.NotFound()) : Results.Unauthorized());
    }

    public NoteItem Add(string call, string text, string author = SavedSearchScript.User)
    {
        lock (Items)
        {
            Items.Add((call, new NoteItem(++_last, author, text, TimeProvider.System.GetUtcNow(), null)));
            return Items[^1].Note;
        }
    }

    public static IResult Refused(string text) => Results.Json(new QueryProblem("about:blank", text, 400, [new QueryMessage("Q172", "text", 0, 1, text, "")]), statusCode: StatusCodes.Status400BadRequest);

    private List<NoteItem> Of(string call)
    {
        lock (Items)
        {
            return [.. Items.Where(item => item.Call == call).Select(item => item.Note)];
        }
    }

    private IResult Change(long note, string text)
    {
        lock (Items)
        {
            var at = Items.FindIndex(item => item.Note.Id == note && item.Note.Author == SavedSearchScript.User);
            if (at < 0)
            {
                return Results.NotFound();
            }

            Items[at] = (Items[at].Call, Items[at].Note with { Text = text, ChangedAt = TimeProvider.System.GetUtcNow() });
            return Results.Ok(Items[at].Note);
        }
    }

    private bool Remove(long note)
    {
        lock (Items)
        {
            return Items.RemoveAll(item => item.Note.Id == note) > 0;
        }
    }
}
