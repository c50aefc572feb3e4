using System.Net.Http.Headers;

namespace KubeLens.Portal.Store;

/// <summary>Asks the Store for exports. Unlike <see cref="StoreClient"/> it waits as long as it takes: an export begins late and ends much later.</summary>
internal sealed class StoreExports(HttpClient http)
{
    /// <summary>The Store's answer, its body unread. Fails with <see cref="HttpRequestException"/> when there is none.</summary>
    public Task<HttpResponseMessage> OpenAsync(string query, string bearer, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/export{query}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) } };
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
