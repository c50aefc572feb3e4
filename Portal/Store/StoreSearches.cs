using System.Net.Http.Json;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Store;

/// <summary>Searches that people keep, as the signed-in user.</summary>
internal sealed class StoreSearches(StoreRequests store)
{
    private const string Path = "api/v1/saved-searches";

    /// <summary>One's own, and those that others share.</summary>
    public Task<StoreAnswer<SavedSearchList>> ListAsync(CancellationToken cancellationToken) => store.GetAsync<SavedSearchList>(Path, cancellationToken);

    /// <summary>In place of one's own of that name.</summary>
    public Task<StoreAnswer<SavedSearchItem>> KeepAsync(string name, SavedSearchRequest search, CancellationToken cancellationToken) =>
        store.SendAsync<SavedSearchItem>(HttpMethod.Put, $"{Path}/{Uri.EscapeDataString(name)}", JsonContent.Create(search), cancellationToken);

    /// <param name="name">Of the search.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="owner">Whose it is, for an admin; empty for one's own.</param>
    public Task<StoreAnswer<SavedSearchItem>> DeleteAsync(string name, CancellationToken cancellationToken, string owner = "") =>
        store.SendAsync<SavedSearchItem>(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(name)}{(owner.Length > 0 ? $"?owner={Uri.EscapeDataString(owner)}" : "")}", null, cancellationToken);
}
