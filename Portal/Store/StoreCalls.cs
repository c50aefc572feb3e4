using System.Globalization;
using System.Text;
using KubeLens.Contracts.Health;
using KubeLens.Contracts.Search;
using KubeLens.Portal.AccessReview;
using KubeLens.Portal.Objects;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Store;

/// <summary>Searches and reads calls as the signed-in user.</summary>
internal sealed class StoreCalls(StoreRequests store)
{
    /// <summary>Calls in one page of results.</summary>
    public const int PageSize = 100;

    // Before the first release of Kubernetes: "at any time".
    private const string Ever = "2014-01-01T00:00:00Z";

    public Task<StoreAnswer<CallPage>> SearchAsync(string query, string from, string to, string? cursor, CancellationToken cancellationToken, int limit = PageSize)
        => store.GetAsync<CallPage>(string.Create(CultureInfo.InvariantCulture, $"api/v1/calls?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&limit={limit}")
            + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"), cancellationToken);

    /// <param name="search">What a run has to have a call of, and when.</param>
    /// <param name="cursor">Of the page before; null for the newest runs.</param>
    public Task<StoreAnswer<CommandPage>> CommandsAsync(SearchUrl search, string? cursor, CancellationToken cancellationToken)
        => store.GetAsync<CommandPage>($"api/v1/commands{search.Results}" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"), cancellationToken);

    /// <summary>The newest call there is, if any.</summary>
    public Task<StoreAnswer<CallPage>> NewestAsync(CancellationToken cancellationToken) => NewestAsync("", cancellationToken);

    /// <summary>The newest call that a query finds at any time, if any.</summary>
    public Task<StoreAnswer<CallPage>> NewestAsync(string query, CancellationToken cancellationToken)
        => store.GetAsync<CallPage>($"api/v1/calls?q={Uri.EscapeDataString(query)}&from={Ever}&to=now&limit=1", cancellationToken);

    public Task<StoreAnswer<CallDetails>> ReadAsync(string id, CancellationToken cancellationToken)
        => store.GetAsync<CallDetails>($"api/v1/calls/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <param name="search">What to count, and when.</param>
    /// <param name="buckets">At most so many.</param>
    public Task<StoreAnswer<CallHistogram>> HistogramAsync(SearchUrl search, int buckets, CancellationToken cancellationToken)
        => store.GetAsync<CallHistogram>(string.Create(CultureInfo.InvariantCulture, $"api/v1/histogram{search.Results}&buckets={buckets}"), cancellationToken);

    /// <param name="search">What to count, and when.</param>
    /// <param name="fields">Names of fields.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="values">Most of each field.</param>
    public Task<StoreAnswer<CallFacets>> FacetsAsync(SearchUrl search, IEnumerable<string> fields, CancellationToken cancellationToken, int values = 8)
        => store.GetAsync<CallFacets>(string.Create(CultureInfo.InvariantCulture, $"api/v1/facets{search.Results}&fields={string.Join(',', fields)}&top={values}"), cancellationToken);

    /// <param name="url">The object, and when.</param>
    /// <param name="cursor">Of the page before; null for the newest versions.</param>
    public Task<StoreAnswer<ObjectHistory>> HistoryAsync(ObjectUrl url, string? cursor, CancellationToken cancellationToken)
        => store.GetAsync<ObjectHistory>($"api/v1/objects/{url.Versions}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);

    /// <summary>What a user did use, and the RBAC that allows it.</summary>
    public Task<StoreAnswer<AccessReviewResult>> AccessAsync(AccessUrl url, CancellationToken cancellationToken) => store.GetAsync<AccessReviewResult>($"api/v1/access-review{url.Parameters}", cancellationToken);

    /// <summary>How the Store is.</summary>
    public Task<StoreAnswer<StoreStatus>> StatusAsync(CancellationToken cancellationToken) => store.GetAsync<StoreStatus>("api/v1/status", cancellationToken);

    /// <summary>The object of a call, as that call left it or saw it.</summary>
    public Task<StoreAnswer<ObjectState>> StateAsync(string callId, CancellationToken cancellationToken)
        => store.GetAsync<ObjectState>($"api/v1/calls/{Uri.EscapeDataString(callId)}/object", cancellationToken);

    /// <summary>What a call did to its object.</summary>
    public Task<StoreAnswer<CallChange>> ChangeAsync(string callId, CancellationToken cancellationToken)
        => store.GetAsync<CallChange>($"api/v1/calls/{Uri.EscapeDataString(callId)}/change", cancellationToken);

    /// <summary>The call as an audit event of the apiserver, one line of JSON; empty when the Store does not give it.</summary>
    public async Task<string> AuditEventAsync(CallDetails call, CancellationToken cancellationToken)
    {
        var bytes = await store.DownloadAsync($"api/v1/export{SearchUrl.Around(call.Time, $"call:{call.Id}").Results}&format=audit", cancellationToken);
        return Encoding.UTF8.GetString(bytes).TrimEnd('\n');
    }
}
