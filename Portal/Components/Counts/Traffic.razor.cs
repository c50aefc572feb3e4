using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>How many calls there are and what became of them, in figures and over time. Each figure leads to the search that finds just those calls.</summary>
public sealed partial class Traffic : IDisposable
{
    private const string Unknown = "–";

    private readonly Lifetime _gone = new();
    private IReadOnlyList<(string Name, string Value, string Note, string Query)> _figures = [];

    [Parameter, EditorRequired]
    public SearchUrl Url { get; set; } = default!;

    /// <inheritdoc cref="SearchPart{T}.Run"/>
    [Parameter, EditorRequired]
    public int Run { get; set; }

    [Parameter]
    public EventCallback<SearchUrl> OnSearch { get; set; }

    /// <summary>So many calls were counted.</summary>
    [Parameter]
    public EventCallback<long> OnCounted { get; set; }

    [Parameter]
    public EventCallback OnFailed { get; set; }

    [Inject]
    private Browser Browser { get; set; } = default!;

    public void Dispose()
    {
        _gone.Dispose();
    }

    protected override void OnInitialized() => _figures = Figures(null, "");

    private async Task CountAsync(CallHistogram histogram)
    {
        _figures = Figures(histogram, Quality.Since(histogram.Quality, await Browser.ZoneAsync(_gone.Token)));
        await OnCounted.InvokeAsync(histogram.Quality.Calls);
    }

    private Task FailAsync()
    {
        _figures = Figures(null, "");
        return OnFailed.InvokeAsync();
    }

    private (string Name, string Value, string Note, string Query)[] Figures(CallHistogram? histogram, string quality)
    {
        return
        [
            ("Calls", histogram is null ? Unknown : Quality.Total(histogram.Quality), quality, Url.Query),
            ("Rate", histogram is null ? Unknown : Show.Rate(histogram.Quality.Calls, histogram.To - histogram.Quality.Since), histogram is null ? "" : "on average", Url.Query),
            Of("4xx", "status:4xx", bucket => bucket.ClientErrors),
            Of("5xx", "status:5xx", bucket => bucket.ServerErrors),
            Of("No answer", "status:none", bucket => bucket.None),
        ];

        (string, string, string, string) Of(string name, string term, Func<HistogramBucket, long> count)
        {
            var query = QueryEdits.With(Url.Query, term);
            var calls = histogram?.Buckets.Sum(count) ?? 0;
            return histogram is null ? (name, Unknown, "", query) : (name, Show.Percent(calls, histogram.Quality.Calls), Show.Count(calls, "call", "calls"), query);
        }
    }
}
