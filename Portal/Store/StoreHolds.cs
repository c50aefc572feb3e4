using System.Globalization;
using System.Net.Http.Json;
using KubeLens.Contracts.Holds;

namespace KubeLens.Portal.Store;

/// <summary>Legal holds, as the signed-in user.</summary>
internal sealed class StoreHolds(StoreRequests store)
{
    private const string Path = "api/v1/holds";

    public Task<StoreAnswer<HoldList>> ListAsync(CancellationToken cancellationToken) => store.GetAsync<HoldList>(Path, cancellationToken);

    public Task<StoreAnswer<HoldItem>> PlaceAsync(HoldRequest hold, CancellationToken cancellationToken) => store.SendAsync<HoldItem>(HttpMethod.Post, Path, JsonContent.Create(hold), cancellationToken);

    public Task<StoreAnswer<HoldItem>> ReleaseAsync(long id, CancellationToken cancellationToken) =>
        store.SendAsync<HoldItem>(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"{Path}/{id}"), null, cancellationToken);
}
