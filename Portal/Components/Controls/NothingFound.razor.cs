using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>Ways out of a search that finds nothing, each with what it would find.</summary>
public sealed partial class NothingFound : IDisposable
{
    // Of a longer query each further term would cost a search for little.
    private const int MostCounted = 8;

    private readonly Lifetime _gone = new();
    private readonly Dictionary<string, string> _totals = [];
    private SearchUrl? _counted;

    [Parameter, EditorRequired]
    public SearchUrl Url { get; set; } = default!;

    [Parameter]
    public EventCallback<SearchUrl> OnSearch { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    public void Dispose()
    {
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Url.SameResults(_counted))
        {
            return;
        }

        var url = _counted = Url;
        _totals.Clear();
        try
        {
            foreach (var (_, without) in QueryEdits.WithoutEach(url.Query).Take(MostCounted))
            {
                // A count that does not come leaves its way out without one.
                var answer = await Calls.HistogramAsync(url with { Query = without }, 1, _gone.Token);
                if (!url.SameResults(_counted))
                {
                    return;
                }

                if (answer.Value is { } histogram)
                {
                    _totals[without] = Quality.Total(histogram.Quality);
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // Something was found, or the page was left.
        }
    }
}
