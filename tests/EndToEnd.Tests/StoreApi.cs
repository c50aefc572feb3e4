using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>The search API as a script would use it: the token file and a GET.</summary>
internal sealed class StoreApi(int port, string tokenFile)
{
    private static readonly HttpClient Http = new();
    private static readonly TimeSpan FoundWithin = TimeSpan.FromSeconds(2);

    public async Task<HttpResponseMessage> GetAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{pathAndQuery}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(tokenFile, cancellationToken)).Trim());
        return await Http.SendAsync(request, cancellationToken);
    }

    public async Task<CallPage> SearchAsync(string query, CancellationToken cancellationToken, string? cursor = null, int limit = 1000, string from = "now-1h", string to = "now")
    {
        using var response = await GetAsync($"/api/v1/calls?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&limit={limit}&cursor={Uri.EscapeDataString(cursor ?? "")}", cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode} for {query}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return (await response.Content.ReadFromJsonAsync<CallPage>(JsonSerializerOptions.Web, cancellationToken))!;
    }

    public async Task<IReadOnlyList<CallItem>> SearchAllAsync(string query, CancellationToken cancellationToken)
    {
        var all = new List<CallItem>();
        string? cursor = null;
        do
        {
            var page = await SearchAsync(query, cancellationToken, cursor);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>The newest call that a query finds; it has two seconds to appear.</summary>
    public async Task<CallItem> FindAsync(string query, CancellationToken cancellationToken)
    {
        CallItem? found = null;
        await Eventually.Async(async () => (found = (await SearchAsync(query, cancellationToken, limit: 1)).Items is [var first, ..] ? first : null) is not null, cancellationToken, FoundWithin, $"a call for '{query}'");
        return found!;
    }

    public async Task<CallDetails> DetailsAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await GetAsync($"/api/v1/calls/{id}", cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<CallDetails>(JsonSerializerOptions.Web, cancellationToken))!;
    }
}
