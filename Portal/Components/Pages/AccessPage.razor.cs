using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.AccessReview;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>What a user did use, and the RBAC that allows just that. It applies nothing.</summary>
public sealed partial class AccessPage
{
    private const int MostShown = 12, MostKnown = 50;

    private AccessUrl? _asked;
    private AccessReviewResult? _review;
    private SearchState _state = SearchState.Loading;
    private IReadOnlyList<QueryMessage> _messages = [];
    private IReadOnlyList<FacetValue> _users = [];
    private (string From, string To)? _usersOf;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private StoreFailure? _failure;
    private string _subject = "";
    private int _sequence;
    private bool _busy;

    [SupplyParameterFromQuery(Name = "subject")]
    private string? Subject { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "scope")]
    private string? Scope { get; set; }

    [SupplyParameterFromQuery(Name = "level")]
    private string? Level { get; set; }

    [SupplyParameterFromQuery(Name = "cluster")]
    private string? Cluster { get; set; }

    [SupplyParameterFromQuery(Name = "denied")]
    private string? Denied { get; set; }

    [SupplyParameterFromQuery(Name = "wildcards")]
    private string? Wildcards { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    private AccessUrl Url { get; set; } = AccessUrl.Of("");

    protected override async Task OnParametersSetAsync()
    {
        Url = AccessUrl.Of(Subject, From, To, Scope, Level, Cluster, Denied, Wildcards);
        // The reader's zone is known only once the circuit is there.
        if (RendererInfo.IsInteractive && Url != _asked)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (url, sequence) = (Url, ++_sequence);
        var isSame = _asked?.Subject == url.Subject;
        (_asked, _subject, _messages, _busy) = (url, url.Subject, [], true);
        _state = _state == SearchState.Ready && isSame ? SearchState.Ready : SearchState.Loading;
        try
        {
            _zone = await Browser.ZoneAsync(Gone);
            await KnowUsersAsync(url);
            if (url.Subject.Length == 0)
            {
                await TakeNobodyAsync(sequence);
                return;
            }

            var answer = await Calls.AccessAsync(url, Gone);
            // A slow old answer must never paint over a newer one.
            if (sequence == _sequence)
            {
                _busy = false;
                Take(answer);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void Take(StoreAnswer<AccessReviewResult> answer)
    {
        switch (answer.Outcome)
        {
            case StoreOutcome.Ok when answer.Value is { } review:
                (_review, _state) = (review, review.Uses.Count > 0 ? SearchState.Ready : review.RecordedSince is null ? SearchState.EmptyNone : SearchState.EmptyFiltered);
                break;
            case StoreOutcome.BadQuery:
                (_messages, _state) = (answer.Problem!.Messages, SearchState.BadQuery);
                break;
            case StoreOutcome.SignedOut:
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                break;
            default:
                (_failure, _state) = (answer.Failure ?? new StoreFailure("The Store tells nothing of it.", "none"), SearchState.Error);
                break;
        }
    }

    private async Task TakeNobodyAsync(int sequence)
    {
        var newest = await Calls.NewestAsync(Gone);
        if (sequence != _sequence)
        {
            return;
        }

        _busy = false;
        if (newest.Outcome == StoreOutcome.SignedOut)
        {
            Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
        }

        (_failure, _state) = (newest.Failure, newest.Failure is not null ? SearchState.Error : newest.Value is { Items.Count: 0 } ? SearchState.EmptyNone : SearchState.EmptyFiltered);
    }

    // Whom to choose from; without them a name can still be written.
    private async Task KnowUsersAsync(AccessUrl url)
    {
        if (_usersOf != (url.From, url.To))
        {
            _usersOf = (url.From, url.To);
            var answer = await Calls.FacetsAsync(url.Range, ["user"], Gone, MostKnown);
            _users = [.. (answer.Value is { Fields: [var facet, ..] } ? facet.Values : []).Where(user => user.Value.Length > 0)];
        }
    }

    private static string Known(AccessReviewResult review)
    {
        var lost = review.DaysIncomplete > 0 ? $" ({review.DaysIncomplete} of them not known any more)" : "";
        return review.RecordedSince is { } since && since > review.From ? $"{lost}; nothing is known from before {since:yyyy-MM-dd}" : lost;
    }

    // The same again is a wish for fresh counts, not a new place in the history.
    private Task GoAsync(AccessUrl url, bool replace = false)
    {
        if (url == Url)
        {
            return LoadAsync();
        }

        Navigation.NavigateTo(url.ToString(), replace: replace);
        return Task.CompletedTask;
    }
}
