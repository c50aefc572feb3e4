using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>At which hours of which days calls come. The search's range is some whole days.</summary>
public sealed partial class HourTable
{
    // A week of hours, and the one that it begins in.
    private const int Buckets = 7 * 24 + 1;

    // Text on it is still read well.
    private const double Hottest = 40;

    private IReadOnlyList<HourRow> _rows = [];
    private long _most;
    private string _quality = "";

    /// <inheritdoc cref="FacetTile.Turns"/>
    [Parameter, EditorRequired]
    public Turns Turns { get; set; } = default!;

    private protected override Task<StoreAnswer<CallHistogram>> AskAsync(SearchUrl search, CancellationToken cancellationToken)
        => Turns.TakeAsync(() => Calls.HistogramAsync(search, Buckets, cancellationToken), cancellationToken);

    protected override async Task AnsweredAsync(CallHistogram value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var zone = await Browser.ZoneAsync(Asking);
        _rows = HourRow.Of(value, zone);
        _most = _rows.Max(row => row.Calls.Max());
        _quality = $"{Quality.Total(value.Quality)}, {Quality.Since(value.Quality, zone)}";
    }

    private string Heat(long calls) => (calls == 0 ? 0 : Math.Max(4, Hottest * calls / _most)).ToString("0.#", CultureInfo.InvariantCulture);
}
