using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>Runs of kubectl: who ran which command, and what came of it.</summary>
public sealed partial class Commands
{
    private readonly List<CommandRun> _runs = [];
    private SearchUrl? _asked;
    private SearchState _state = SearchState.Loading;
    private IReadOnlyList<QueryMessage> _messages = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private StoreFailure? _failure;
    private StoreFailure? _moreFailure;
    private string? _next;
    private string _problem = "";
    private int _sequence;
    private bool _busy;
    private bool _loadingMore;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    private SearchUrl Url { get; set; } = SearchUrl.Of(null, null, null, null, null);

    protected override async Task OnParametersSetAsync()
    {
        Url = SearchUrl.Of(Query, From, To, null, null);
        // The reader's zone is known only once the circuit is there.
        if (RendererInfo.IsInteractive && !Url.SameResults(_asked))
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (url, sequence) = (_asked = Url, ++_sequence);
        var parse = QueryParser.Parse(url.Query);
        (_messages, _moreFailure, _loadingMore, _busy) = (parse.Messages, null, false, true);
        _state = parse.HasErrors ? SearchState.BadQuery : _state == SearchState.Ready ? SearchState.Ready : SearchState.Loading;
        if (parse.HasErrors)
        {
            return;
        }

        try
        {
            _zone = await Browser.ZoneAsync(Gone);
            var answer = await Calls.CommandsAsync(url, cursor: null, Gone);
            // A slow old answer must never paint over a newer query.
            if (sequence == _sequence)
            {
                _busy = false;
                await TakeAsync(answer, sequence);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task TakeAsync(StoreAnswer<CommandPage> answer, int sequence)
    {
        switch (answer.Outcome)
        {
            case StoreOutcome.Ok when answer.Value is { } page && (page.Runs.Count > 0 || page.Next is not null):
                _runs.Clear();
                Add(page);
                _state = SearchState.Ready;
                break;
            case StoreOutcome.Ok:
                var newest = await Calls.NewestAsync(Gone);
                if (sequence == _sequence)
                {
                    _state = newest.Value is { Items.Count: 0 } ? SearchState.EmptyNone : SearchState.EmptyFiltered;
                }

                break;
            case StoreOutcome.BadQuery:
                (_messages, _problem, _state) = (answer.Problem!.Messages, answer.Problem.Title, SearchState.BadQuery);
                break;
            case StoreOutcome.SignedOut:
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                break;
            default:
                (_failure, _state) = (answer.Failure ?? new StoreFailure("The Store tells of no commands.", "none"), SearchState.Error);
                break;
        }
    }

    private async Task LoadMoreAsync()
    {
        var sequence = _sequence;
        (_loadingMore, _moreFailure) = (true, null);
        try
        {
            var answer = await Calls.CommandsAsync(_asked!, _next, Gone);
            if (sequence != _sequence)
            {
                return;
            }

            (_loadingMore, _moreFailure) = (false, answer.Failure);
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
            }
            else if (answer.Value is { } page)
            {
                Add(page);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void Add(CommandPage page)
    {
        _runs.AddRange(page.Runs);
        _next = page.Next;
    }

    // The same again is a wish for fresh rows, not a new place in the history.
    private Task GoAsync(SearchUrl url)
    {
        if (url.SameResults(Url))
        {
            return LoadAsync();
        }

        Navigation.NavigateTo(CommandUrl.List(url));
        return Task.CompletedTask;
    }
}
