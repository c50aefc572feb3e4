using KubeLens.Contracts.Query;
using KubeLens.Portal.Components.Counts;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>A page of counts in a time range. Its URL says what is counted; each part is asked for by itself, and one of them says in which state the page is.</summary>
public abstract class CountsPage : PortalPage
{
    [SupplyParameterFromQuery(Name = "from")]
    protected string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    protected string? To { get; set; }

    [Inject]
    private protected StoreCalls Calls { get; set; } = default!;

    /// <summary>What is counted.</summary>
    protected SearchUrl Url { get; private set; } = SearchUrl.Of(null, null, null, null, null);

    /// <summary>Counts how often it was asked for anew.</summary>
    protected int Run { get; private set; }

    protected Turns Turns { get; } = new();

    /// <summary>What is wrong with the range.</summary>
    protected IReadOnlyList<QueryMessage> Messages { get; private set; } = [];

    private protected SearchState State { get; private set; } = SearchState.Loading;

    /// <summary>Whether there is something to count, as far as is known.</summary>
    protected bool HasCounts => State is SearchState.Loading or SearchState.Ready or SearchState.Error;

    /// <summary>The calls that the page is about.</summary>
    protected abstract string Query { get; }

    /// <summary>The calls without any of which there never was something to count.</summary>
    protected virtual string Everything => "";

    /// <summary>Where the page is with this range.</summary>
    protected abstract string AddressOf(SearchUrl url);

    protected override void OnParametersSet()
    {
        var url = SearchUrl.Of(Query, From, To, null, null);
        if (!url.SameResults(Url) || Run == 0)
        {
            Url = url;
            Restart();
        }
    }

    /// <summary>Another range is another place; the same again is a wish for fresh counts.</summary>
    protected void Go(SearchUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.SameResults(Url))
        {
            Restart();
        }
        else
        {
            Navigation.NavigateTo(AddressOf(url));
        }
    }

    /// <summary>The part that speaks for the page has counted so many calls.</summary>
    protected async Task CountedAsync(long calls)
    {
        if (calls > 0)
        {
            State = SearchState.Ready;
            return;
        }

        var run = Run;
        try
        {
            var newest = await Calls.NewestAsync(Everything, Gone);
            if (run == Run)
            {
                State = newest.Value is { Items.Count: 0 } ? SearchState.EmptyNone : SearchState.EmptyFiltered;
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    /// <summary>It could not count.</summary>
    protected void Fail() => State = SearchState.Error;

    private void Restart()
    {
        Messages = TimeRange.Resolve(Url.From, Url.To, Clock.GetUtcNow(), TimeZoneInfo.Utc).Messages;
        State = Messages.Count > 0 ? SearchState.BadQuery : SearchState.Loading;
        Run++;
    }
}
