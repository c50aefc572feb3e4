using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>When the newest call that the query finds was, at any time.</summary>
public sealed partial class LastSeen
{
    private string _when = "";

    /// <inheritdoc cref="FacetTile.Turns"/>
    [Parameter, EditorRequired]
    public Turns Turns { get; set; } = default!;

    private protected override Task<StoreAnswer<CallPage>> AskAsync(SearchUrl search, CancellationToken cancellationToken)
        => Turns.TakeAsync(() => Calls.NewestAsync(search.Query, cancellationToken), cancellationToken);

    protected override async Task AnsweredAsync(CallPage value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Items is [var call, ..])
        {
            var zone = await Browser.ZoneAsync(Asking);
            _when = $"{Show.Day(call.Time, zone)} {Show.Clock(call.Time, zone)}";
        }
    }
}
