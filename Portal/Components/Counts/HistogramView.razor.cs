using KubeLens.Portal.Components.Layout;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Compare;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace KubeLens.Portal.Components.Counts;

/// <summary>When the calls of a search completed. A stretch of it, chosen by mouse or keys, is searched.</summary>
public sealed partial class HistogramView : IAsyncDisposable
{
    private const string Module = "./Components/Counts/HistogramView.razor.js";
    // An hour by the minute and six by five minutes, whatever moment they begin at.
    private const int Buckets = 75;

    private readonly Lifetime _gone = new();
    private readonly Attached _brush = new();
    private DotNetObjectReference<HistogramView>? _self;
    private ElementReference _plot;
    private string _attached = "";
    private IReadOnlyList<AxisTick> _ticks = [];

    /// <summary>The stretch that is shown is to be compared with the rest of what it was chosen from.</summary>
    [Parameter]
    public EventCallback OnCompare { get; set; }

    /// <summary>It was counted.</summary>
    [Parameter]
    public EventCallback<CallHistogram> OnCounted { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <summary>The buckets from one to another were chosen.</summary>
    [JSInvokable]
    public Task BrushAsync(int first, int last)
    {
        if (Value is not { } histogram || first < 0 || last >= histogram.Buckets.Count || first > last)
        {
            return Task.CompletedTask;
        }

        return OnSearch.InvokeAsync(Url.Stretch(histogram.Buckets[first].Start, histogram.Buckets[last].Start.AddSeconds(histogram.BucketSeconds), histogram.From, histogram.To));
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        _gone.Dispose();
        _self?.Dispose();
        await _brush.DisposeAsync();
    }

    private protected override Task<StoreAnswer<CallHistogram>> AskAsync(SearchUrl search, CancellationToken cancellationToken) => Calls.HistogramAsync(search, Buckets, cancellationToken);

    protected override async Task AnsweredAsync(CallHistogram value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _ticks = AxisTick.Of(value, await Browser.ZoneAsync(_gone.Token));
        await OnCounted.InvokeAsync(value);
    }

    // The plot goes where there is an error to show in its place, and comes as another element. An answer may come between a render and this.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var plot = Value is null || Failure is not null ? "" : _plot.Id ?? "";
        if (plot == _attached)
        {
            return;
        }

        _attached = plot;
        if (plot.Length > 0)
        {
            _self ??= DotNetObjectReference.Create(this);
            await _brush.AttachAsync(Browser, Module, _gone.Token, _plot, _self);
        }
    }

    private bool CanCompare => OnCompare.HasDelegate && ComparedRanges.Of(Url, Clock.GetUtcNow()) is not null;

    private static string Label(CallHistogram histogram)
        => $"{Show.Count(histogram.Quality.Calls, "call", "calls")} over time. Left and right choose a time, with Shift more of it, Enter searches it.";
}
