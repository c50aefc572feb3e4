using System.Globalization;
using System.Net.Http.Json;
using KubeLens.Contracts.Access;
using KubeLens.Portal.Access;

namespace KubeLens.Portal.Store;

/// <summary>Who may ask the Store, and who read what, as the signed-in admin.</summary>
internal sealed class StoreAccess(StoreRequests store)
{
    private const string Tokens = "api/v1/tokens";

    /// <summary>Every token, those that are over or revoked as well.</summary>
    public Task<StoreAnswer<ApiTokenList>> TokensAsync(CancellationToken cancellationToken) => store.GetAsync<ApiTokenList>(Tokens, cancellationToken);

    public Task<StoreAnswer<ApiTokenMade>> MakeAsync(ApiTokenRequest token, CancellationToken cancellationToken) => store.SendAsync<ApiTokenMade>(HttpMethod.Post, Tokens, JsonContent.Create(token), cancellationToken);

    public Task<StoreAnswer<ApiTokenItem>> RevokeAsync(long id, CancellationToken cancellationToken) =>
        store.SendAsync<ApiTokenItem>(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"{Tokens}/{id}"), null, cancellationToken);

    /// <param name="url">Whose, of what and when.</param>
    /// <param name="cursor">Of the page before; null for the newest records.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<StoreAnswer<AccessRecordPage>> RecordsAsync(RecordsUrl url, string? cursor, CancellationToken cancellationToken) =>
        store.GetAsync<AccessRecordPage>($"api/v1/access-records{url.Parameters}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
}
