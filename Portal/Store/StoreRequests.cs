using KubeLens.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Store;

/// <summary>Asks the Store as the signed-in user.</summary>
internal sealed class StoreRequests(StoreClient client, AuthenticationStateProvider authentication, TimeProvider clock)
{
    public async Task<StoreAnswer<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
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
