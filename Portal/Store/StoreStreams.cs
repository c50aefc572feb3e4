using System.Net.Http.Headers;

namespace KubeLens.Portal.Store;

/// <summary>Asks the Store for what begins late, ends much later or not at all: exports and live feeds. Unlike <see cref="StoreClient"/> it waits as long as it takes.</summary>
internal sealed class StoreStreams(HttpClient http)
{
    /// <summary>The Store's answer, its body unread. Fails with <see cref="HttpRequestException"/> when there is none.</summary>
    /// <param name="path">With its query.</param>
    /// <param name="bearer">The user's.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <param name="lastEventId">Where a feed was left; empty to begin.</param>
    public async Task<HttpResponseMessage> OpenAsync(string path, string bearer, CancellationToken cancellationToken, string lastEventId = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) } };
        if (lastEventId.Length > 0)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
