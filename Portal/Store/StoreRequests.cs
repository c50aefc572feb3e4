using KubeLens.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Store;

/// <summary>Asks the Store as the signed-in user.</summary>
internal sealed class StoreRequests(StoreClient client, AuthenticationStateProvider authentication, TimeProvider clock)
{
    public Task<StoreAnswer<T>> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    public async Task<StoreAnswer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
        where T : class
    {
        if (await TokenAsync() is not { } token)
        {
            return new(StoreOutcome.SignedOut);
        }

        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await client.SendAsync<T>(request, token, cancellationToken);
    }

    /// <summary>What the Store gives as a file; empty when it does not.</summary>
    public async Task<byte[]> DownloadAsync(string path, CancellationToken cancellationToken)
    {
        if (await TokenAsync() is not { } token)
        {
            return [];
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return (await client.DownloadAsync(request, token, cancellationToken)).Bytes;
    }

    private async Task<string?> TokenAsync() => SessionClaims.TokenOf((await authentication.GetAuthenticationStateAsync()).User, clock.GetUtcNow());
}
