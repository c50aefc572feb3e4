using KubeLens.Contracts.Search;
using KubeLens.Portal.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Store;

/// <summary>Searches and reads calls as the signed-in user.</summary>
internal sealed class StoreCalls(StoreClient client, AuthenticationStateProvider authentication, TimeProvider clock)
{
    /// <summary>Calls in one page of results.</summary>
    public const int PageSize = 100;

    // Before the first release of Kubernetes: "at any time".
    private const string Ever = "2014-01-01T00:00:00Z";

    public Task<StoreAnswer<CallPage>> SearchAsync(string query, string from, string to, string? cursor, CancellationToken cancellationToken)
        => GetAsync<CallPage>($"api/v1/calls?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&limit={PageSize}"
            + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"), cancellationToken);

    /// <summary>The newest call there is, if any.</summary>
    public Task<StoreAnswer<CallPage>> NewestAsync(CancellationToken cancellationToken)
        => GetAsync<CallPage>($"api/v1/calls?q=&from={Ever}&to=now&limit=1", cancellationToken);

    public Task<StoreAnswer<CallDetails>> ReadAsync(string id, CancellationToken cancellationToken)
        => GetAsync<CallDetails>($"api/v1/calls/{Uri.EscapeDataString(id)}", cancellationToken);

    private async Task<StoreAnswer<T>> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (SessionClaims.TokenOf(user, clock.GetUtcNow()) is not { } token)
        {
            return new(StoreOutcome.SignedOut);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await client.SendAsync<T>(request, token, cancellationToken);
    }
}
