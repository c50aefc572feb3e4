using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.InFlight;
using KubeLens.Store.Search;

namespace KubeLens.Store.Notes;

/// <summary>Finds the call that a note is on by the addresses that <c>GET /api/v1/calls/{id}</c> knows it by.</summary>
internal sealed class NotedCalls(CallSearch search, OpenCallReader open)
{
    /// <returns>The call, as it has ended; or that it is known and has not.</returns>
    public async Task<(Call? Call, bool IsRunning)> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (OpenCallId.TryParse(id, out var openId))
        {
            var (isOpen, ended) = await open.PlaceAsync(openId, cancellationToken);
            return (ended is { } place ? await search.FindAsync(place, cancellationToken) : null, isOpen);
        }

        return (CallId.TryParse(id, out var callId) ? await search.FindAsync(callId, cancellationToken) : null, false);
    }

    public async Task<bool> IsThereAsync(Call call, CancellationToken cancellationToken) =>
        await search.FindAsync(CallId.Of(call.At, call.BatchId, call.Ord), cancellationToken) is not null;
}
