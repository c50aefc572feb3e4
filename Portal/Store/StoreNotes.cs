using System.Globalization;
using System.Net.Http.Json;
using KubeLens.Contracts.Notes;

namespace KubeLens.Portal.Store;

/// <summary>Notes on calls, as the signed-in user.</summary>
internal sealed class StoreNotes(StoreRequests store)
{
    public Task<StoreAnswer<NoteList>> ListAsync(string call, CancellationToken cancellationToken) => store.GetAsync<NoteList>(PathOf(call), cancellationToken);

    public Task<StoreAnswer<NoteItem>> WriteAsync(string call, string text, CancellationToken cancellationToken) =>
        store.SendAsync<NoteItem>(HttpMethod.Post, PathOf(call), JsonContent.Create(new NoteRequest(text)), cancellationToken);

    /// <summary>One's own.</summary>
    public Task<StoreAnswer<NoteItem>> ChangeAsync(string call, long note, string text, CancellationToken cancellationToken) =>
        store.SendAsync<NoteItem>(HttpMethod.Put, PathOf(call, note), JsonContent.Create(new NoteRequest(text)), cancellationToken);

    /// <summary>One's own; any, for an admin.</summary>
    public Task<StoreAnswer<NoteItem>> DeleteAsync(string call, long note, CancellationToken cancellationToken) => store.SendAsync<NoteItem>(HttpMethod.Delete, PathOf(call, note), null, cancellationToken);

    private static string PathOf(string call) => $"api/v1/calls/{Uri.EscapeDataString(call)}/notes";

    private static string PathOf(string call, long note) => string.Create(CultureInfo.InvariantCulture, $"{PathOf(call)}/{note}");
}
