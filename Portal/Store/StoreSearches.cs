using System.Net.Http.Json;
using KubeLens.Contracts.Search;
using KubeLens.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Store;

/// <summary>Searches that people keep, as the signed-in user.</summary>
internal sealed class StoreSearches(StoreClient client, AuthenticationStateProvider authentication, TimeProvider clock)
{
    private const string Path = "api/v1/saved-searches";

    /// <summary>One's own, and those that others share.</summary>
    public Task<StoreAnswer<SavedSearchList>> ListAsync(CancellationToken cancellationToken) => SendAsync<SavedSearchList>(HttpMethod.Get, Path, null, cancellationToken);

    /// <summary>In place of one's own of that name.</summary>
    public Task<StoreAnswer<SavedSearchItem>> KeepAsync(string name, SavedSearchRequest search, CancellationToken cancellationToken) =>
        SendAsync<SavedSearchItem>(HttpMethod.Put, $"{Path}/{Uri.EscapeDataString(name)}", JsonContent.Create(search), cancellationToken);

    /// <summary>One's own.</summary>
    public Task<StoreAnswer<SavedSearchItem>> DeleteAsync(string name, CancellationToken cancellationToken) =>
        SendAsync<SavedSearchItem>(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(name)}", null, cancellationToken);

    private async Task<StoreAnswer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
        where T : class
    {
        if (SessionClaims.TokenOf((await authentication.GetAuthenticationStateAsync()).User, clock.GetUtcNow()) is not { } token)
        {
            return new(StoreOutcome.SignedOut);
        }

        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await client.SendAsync<T>(request, token, cancellationToken);
    }
}
