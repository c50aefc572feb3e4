using System.Net.Http.Json;
using KubeLens.Portal.SignIn;

namespace KubeLens.Portal.Store;

/// <summary>Redeems login codes. The Store's answer to a used or unknown code is 401.</summary>
internal sealed class StoreSessions(StoreClient client)
{
    public async Task<StoreAnswer<StoreSession>> RedeemAsync(string code, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/sessions") { Content = JsonContent.Create(new { code }) };
        var answer = await client.SendAsync<StoreSession>(request, bearer: null, cancellationToken);
        return answer.Outcome is StoreOutcome.BadQuery or StoreOutcome.NotFound ? new(StoreOutcome.SignedOut) : answer;
    }
}
