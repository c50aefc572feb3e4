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
public sealed partial class Search : IDisposable
{
    private static readonly TimeSpan DimmedFor = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _gone = new();
    private readonly List<RowBatch> _batches = [];
    private readonly List<string> _ids = [];
    private SearchUrl _url = SearchUrl.Of(null, null, null, null, null);
    private SearchUrl? _searched;
    private SearchState _state = SearchState.Loading;
    private IReadOnlyList<QueryMessage> _messages = [];
    private StoreFailure? _failure;
    private StoreFailure? _moreFailure;
    private ResultGrid? _grid;
    private string? _next;
    private string _problem = "";
    private string _focusLater = "";
    private TimeSpan _took;
    private int _count;
    private int _moreInFlight;
    private int _sequence;
    private bool _busy;
    private bool _loadingMore;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "sel")]
    private string? Selected { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string StateName => _state switch
    {
        SearchState.Loading => "loading",
        SearchState.Ready => "ready",
        SearchState.EmptyNone => "empty-none",
        SearchState.EmptyFiltered => "empty-filtered",
        _ => "error",
    };

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _url = SearchUrl.Of(Query, From, To, Selected, Tab);
        // The first paint comes without rows: the reader's zone is known only once the circuit is there.
        if (RendererInfo.IsInteractive && !_url.SameResults(_searched))
        {
            await SearchAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusLater.Length > 0)
        {
            var selector = _focusLater;
            _focusLater = "";
            await Browser.FocusAsync(selector, _gone.Token);
        }
    }

    private async Task SearchAsync()
    {
        var url = _searched = _url;
        var sequence = ++_sequence;
        _loadingMore = false;
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
            var module = Browser.ModuleAsync(ResultGrid.Module, _gone.Token).AsTask();
            var zone = await Browser.ZoneAsync(_gone.Token);
            var started = Clock.GetTimestamp();
            var answer = await Calls.SearchAsync(url.Query, url.From, url.To, cursor: null, _gone.Token);
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
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task ShowAsync(StoreAnswer<CallPage> answer, TimeZoneInfo zone, int sequence)
    {
        switch (answer.Outcome)
        {
            case StoreOutcome.Ok when answer.Value is { Items.Count: > 0 } page:
                Clear(SearchState.Ready);
                Add(page, zone);
                break;
            case StoreOutcome.Ok:
                var newest = await Calls.NewestAsync(_gone.Token);
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
        await Task.Delay(DimmedFor, Clock, _gone.Token);
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
            var answer = await Calls.SearchAsync(_searched!.Query, _searched.From, _searched.To, _next, _gone.Token);
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
                Add(page, await Browser.ZoneAsync(_gone.Token));
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void Add(CallPage page, TimeZoneInfo zone)
    {
        // The header is row 1.
        _batches.Add(new RowBatch(CallRows.Build(page.Items, _count + 2, zone)));
        _ids.AddRange(page.Items.Select(call => call.Id));
        _count += page.Items.Count;
        _moreInFlight = Math.Max(_moreInFlight, page.MoreInFlight);
        _next = page.Next;
    }

    private void Clear(SearchState state)
    {
        _state = state;
        _busy = false;
        _batches.Clear();
        _ids.Clear();
        _count = 0;
        _moreInFlight = 0;
        _next = null;
        _moreFailure = null;
    }

    private Task RetryAsync() => SearchAsync();

    // The same query again is a wish for fresh rows, not a new place in the history.
    private Task GoAsync(SearchUrl url)
    {
        if (url.SameResults(_url))
        {
            return SearchAsync();
        }

        Navigation.NavigateTo((url with { Selected = "", Tab = "" }).ToString());
        return Task.CompletedTask;
    }

    private void OpenAsync(RowOpened row)
    {
        _focusLater = row.ByKey ? ".drawer [data-key=Escape]" : "";
        Replace(_url with { Selected = row.Id });
    }

    private void OpenPage(string id) => Navigation.NavigateTo($"/calls/{id}");

    private void ShowTab(string tab) => Replace(_url with { Tab = tab });

    private async Task CloseAsync()
    {
        var id = _url.Selected;
        Replace(_url with { Selected = "", Tab = "" });
        if (_grid is not null)
        {
            await _grid.FocusAsync(id);
        }
    }

    private void StepAsync(int step)
    {
        var at = _ids.IndexOf(_url.Selected) + step;
        if (at >= 0 && at < _ids.Count)
        {
            Replace(_url with { Selected = _ids[at] });
        }
    }

    private void Replace(SearchUrl url) => Navigation.NavigateTo(url.ToString(), replace: true);
}
