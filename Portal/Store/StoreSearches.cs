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

    /// <summary>One's own.</summary>
    public Task<StoreAnswer<SavedSearchItem>> DeleteAsync(string name, CancellationToken cancellationToken) =>
        store.SendAsync<SavedSearchItem>(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(name)}", null, cancellationToken);
}
