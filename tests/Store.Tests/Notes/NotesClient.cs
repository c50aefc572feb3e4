using System.Net;
using System.Net.Http.Json;
using KubeLens.Contracts.Notes;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Notes;

/// <summary>Somebody who writes notes over the API.</summary>
internal sealed class NotesClient(HttpClient http) : IDisposable
{
    public static NotesClient Of(TestStore store, string user = "alice", StoreRole role = StoreRole.Viewer) =>
        new(store.Client(store.Services.GetRequiredService<SessionTokens>().Issue(role, user).Token));

    public async Task<NoteItem> WriteAsync(string call, string text, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(RouteOf(call), new NoteRequest(text), cancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(cancellationToken));
        return (await answer.Content.ReadFromJsonAsync<NoteItem>(cancellationToken))!;
    }

    /// <returns>What is wrong: of the messages, or the detail.</returns>
    public async Task<(HttpStatusCode Status, string Problem)> SendAsync(HttpMethod method, string call, long? note, string? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, RouteOf(call) + (note is null ? "" : $"/{note}")) { Content = json is null ? null : new StringContent(json, null, "application/json") };
        using var answer = await http.SendAsync(request, cancellationToken);
        var problem = answer.StatusCode switch
        {
            HttpStatusCode.BadRequest => (await answer.Content.ReadFromJsonAsync<QueryProblem>(cancellationToken))?.Messages?.Select(message => $"{message.Parameter} {message.Code}: {message.Text}").SingleOrDefault(),
            >= HttpStatusCode.BadRequest => (await answer.Content.ReadFromJsonAsync<Microsoft.AspNetCore.Mvc.ProblemDetails>(cancellationToken))?.Detail,
            _ => null,
        };
        return (answer.StatusCode, problem ?? "");
    }

    public async Task<IReadOnlyList<NoteItem>?> ListAsync(string call, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(RouteOf(call), cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : (await answer.Content.ReadFromJsonAsync<NoteList>(cancellationToken))!.Items;
    }

    public void Dispose() => http.Dispose();

    private static string RouteOf(string call) => $"/api/v1/calls/{call}/notes";
}
