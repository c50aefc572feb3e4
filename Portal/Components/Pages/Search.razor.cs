using System.Collections.Immutable;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Controls;
using KubeLens.Portal.Markup;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using KubeLens.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>Calls by query and time. The URL is the state: everything here follows from it.</summary>
public sealed partial class Search
{
    private static readonly TimeSpan DimmedFor = TimeSpan.FromMilliseconds(300);

    private readonly List<RowBatch> _batches = [];
    private readonly List<IReadOnlyList<CallItem>> _pages = [];
    private readonly List<string> _ids = [];
    private ImmutableArray<CallColumn> _columns = CallColumns.Usual;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private SearchUrl? _searched;
    private SearchState _state = SearchState.Loading;
    private IReadOnlyList<QueryMessage> _messages = [];
    private StoreFailure? _failure;
    private StoreFailure? _moreFailure;
    private string? _next;
    private string? _searchedTo;
    private string _problem = "";
    private TimeSpan _took;
    private int _count;
    private int _moreInFlight;
    private int _sequence;
    private bool _busy;
    private bool _loadingMore;

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "within")]
    private string? Within { get; set; }

    [SupplyParameterFromQuery(Name = "compare")]
    private bool? Compares { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    protected override IReadOnlyList<string> Ids => _ids;

    protected override string AddressOf(SearchUrl url) => url.ToString();

    protected override async Task OnParametersSetAsync()
    {
        Url = SearchUrl.Of(Query, From, To, Selected, Tab, Columns) with { Within = Within?.Trim() ?? "", Compares = Compares is true };
        // The first paint comes without rows: the reader's zone is known only once the circuit is there.
        if (RendererInfo.IsInteractive && !Url.SameResults(_searched))
        {
            await SearchAsync();
        }
        else if (_searched is { } shown)
        {
            _searched = Url;
            if (shown.Columns != Url.Columns)
            {
                Repaint();
            }
        }
    }

    private async Task SearchAsync()
    {
        var url = _searched = Url;
        _columns = CallColumns.Of(url.Columns);
        var sequence = ++_sequence;
        _loadingMore = false;
        _total = null;
        var parse = QueryParser.Parse(url.Query);
        _messages = parse.Messages;
        if (parse.HasErrors)
        {
            Clear(SearchState.BadQuery);
            return;
        }

        try
        {
            _busy = true;
            var dimming = DimAsync(sequence);
            var module = Browser.ModuleAsync(ResultGrid.Module, Gone).AsTask();
            var zone = await Browser.ZoneAsync(Gone);
            var started = Clock.GetTimestamp();
            var answer = await Calls.SearchAsync(url.Query, url.From, url.To, cursor: null, Gone);
            await module;
            // A slow old answer must never paint over a newer query.
            if (sequence != _sequence)
            {
                return;
            }

            _took = Clock.GetElapsedTime(started);
            await ShowAsync(answer, zone, sequence);
            StateHasChanged();
            await dimming;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task ShowAsync(StoreAnswer<CallPage> answer, TimeZoneInfo zone, int sequence)
    {
        switch (answer.Outcome)
        {
            case StoreOutcome.Ok when answer.Value is { } page && (page.Items.Count > 0 || page.Next is not null):
                Clear(SearchState.Ready);
                Add(page, zone);
                break;
            case StoreOutcome.Ok:
                var newest = await Calls.NewestAsync(Gone);
                if (sequence == _sequence)
                {
                    Clear(newest.Value is { Items.Count: 0 } ? SearchState.EmptyNone : SearchState.EmptyFiltered);
                }

                break;
            case StoreOutcome.BadQuery:
                _messages = answer.Problem!.Messages;
                _problem = answer.Problem.Title;
                Clear(SearchState.BadQuery);
                break;
            case StoreOutcome.SignedOut:
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                break;
            default:
                _failure = answer.Failure ?? new StoreFailure("The Store has no search at its address.", "none");
                Clear(SearchState.Error);
                break;
        }
    }

    // Old rows stay dimmed for a moment, so that a quick answer does not flicker; then they make way.
    private async Task DimAsync(int sequence)
    {
        await Task.Delay(DimmedFor, Clock, Gone);
        if (_busy && sequence == _sequence)
        {
            _state = SearchState.Loading;
            StateHasChanged();
        }
    }

    private async Task LoadMoreAsync()
    {
        var sequence = _sequence;
        _loadingMore = true;
        _moreFailure = null;
        try
        {
            var answer = await Calls.SearchAsync(_searched!.Query, _searched.From, _searched.To, _next, Gone);
            if (sequence != _sequence)
            {
                return;
            }

            _loadingMore = false;
            _moreFailure = answer.Failure;
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
            }
            else if (answer.Value is { } page)
            {
                Add(page, await Browser.ZoneAsync(Gone));
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void Add(CallPage page, TimeZoneInfo zone)
    {
        _zone = zone;
        _pages.Add(page.Items);
        Paint(page.Items);
        _ids.AddRange(page.Items.Select(call => call.Id));
        _count += page.Items.Count;
        _moreInFlight = Math.Max(_moreInFlight, page.MoreInFlight);
        _next = page.Next;
        _searchedTo = page.SearchedTo is { } time ? $"{Show.Day(time, zone)} {Show.Clock(time, zone)}" : null;
    }

    // The header is row 1.
    private void Paint(IReadOnlyList<CallItem> calls) => _batches.Add(new RowBatch(CallRows.Build(calls, _batches.Sum(batch => batch.Count) + 2, _zone, _columns), calls.Count));

    // Other columns of the same calls: nothing is asked for.
    private void Repaint()
    {
        _columns = CallColumns.Of(Url.Columns);
        _batches.Clear();
        _pages.ForEach(Paint);
    }

    private void Clear(SearchState state)
    {
        _state = state;
        _busy = false;
        _batches.Clear();
        _pages.Clear();
        _ids.Clear();
        _count = 0;
        _moreInFlight = 0;
        _next = null;
        _searchedTo = null;
        _moreFailure = null;
    }

    private Task RetryAsync() => SearchAsync();

    // The same query again is a wish for fresh rows, not a new place in the history.
    private Task GoAsync(SearchUrl url)
    {
        if (url.SameResults(Url))
        {
            return SearchAsync();
        }

        Navigation.NavigateTo((url with { Selected = "", Tab = "" }).ToString());
        return Task.CompletedTask;
    }
}
