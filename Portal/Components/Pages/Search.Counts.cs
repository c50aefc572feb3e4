using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Controls;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Components.Pages;

/// <content>What stands around the rows: filters and histogram, each shown as the reader chose the last time.</content>
public sealed partial class Search
{
    private const string FiltersChoice = "filters";
    private const string HistogramChoice = "histogram";

    // Narrower, the filters would lie over the rows or leave them too little.
    private const int WideEnough = 1200;

    private CountQuality? _total;
    private bool _showsFilters;
    private bool _showsHistogram;

    // There is nothing to count before the first search, before the first call and for a query with an error.
    private bool HasCounts => _searched is not null && _state is not (SearchState.EmptyNone or SearchState.BadQuery);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!firstRender)
        {
            return;
        }

        try
        {
            _showsFilters = await Browser.IsWideAsync(WideEnough, Gone) && await Browser.RecallAsync(FiltersChoice, Gone) is not false;
            _showsHistogram = await Browser.RecallAsync(HistogramChoice, Gone) is not false;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void Count(CallHistogram histogram) => _total = histogram.Quality;

    private async Task ToggleFiltersAsync()
    {
        _showsFilters = !_showsFilters;
        await Browser.RememberAsync(FiltersChoice, _showsFilters, Gone);
    }

    private async Task ToggleHistogramAsync()
    {
        _showsHistogram = !_showsHistogram;
        await Browser.RememberAsync(HistogramChoice, _showsHistogram, Gone);
    }

    private Task FilterAsync(CellFilter cell) => GoAsync(Url with { Query = QueryEdits.Filter(Url.Query, cell.Field, cell.Value, cell.Excluded) });

    private Task ToggleSystemAsync() => GoAsync(Url with { Query = QueryEdits.ToggleSystem(Url.Query) });
}
