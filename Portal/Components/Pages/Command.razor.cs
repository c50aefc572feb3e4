using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>One run of a command: its calls in order. What they are together is asked for and fails by itself.</summary>
public sealed partial class Command
{
    private const string Long = "now-30d";

    // As many as the Store gives at once.
    private const int MostCalls = 1_000;

    private IReadOnlyList<CommandRun> _runs = [];
    private IReadOnlyList<CallItem> _calls = [];
    private SearchState _state = SearchState.Loading;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private StoreFailure? _failure;
    private StoreFailure? _headFailure;
    private SearchUrl? _asked;
    private string _problem = "";
    private bool _isCut;

    [Parameter]
    public string Session { get; set; } = "";

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    private SearchUrl Url { get; set; } = SearchUrl.Of(null, null, null, null, null);

    private string Title => _runs.Select(run => run.Command).FirstOrDefault(command => command.Length > 0) ?? "Command";

    protected override async Task OnParametersSetAsync()
    {
        Url = SearchUrl.Of($"session:{Session}", From, To, null, null);
        if (RendererInfo.IsInteractive && !Url.SameResults(_asked))
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var url = _asked = Url;
        (_state, _problem) = (SearchState.Loading, "");
        try
        {
            _zone = await Browser.ZoneAsync(Gone);
            var head = LoadHeadAsync();
            var answer = await Calls.SearchAsync(url.Query, url.From, url.To, cursor: null, Gone, MostCalls);
            await head;
            if (url.SameResults(_asked))
            {
                Take(answer);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task LoadHeadAsync()
    {
        var url = Url;
        _headFailure = null;
        try
        {
            var answer = await Calls.CommandsAsync(url, cursor: null, Gone);
            if (url.SameResults(_asked))
            {
                (_runs, _headFailure) = (answer.Value?.Runs ?? [], answer.Failure);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void Take(StoreAnswer<CallPage> answer)
    {
        switch (answer.Outcome)
        {
            case StoreOutcome.Ok when answer.Value is { Items.Count: > 0 } page:
                (_calls, _isCut, _state) = ([.. page.Items.OrderBy(Show.Started).ThenBy(call => call.Time)], page.Next is not null, SearchState.Ready);
                break;
            case StoreOutcome.BadQuery:
                (_problem, _state) = (string.Join(' ', answer.Problem!.Messages.Select(message => message.Text)), SearchState.BadQuery);
                break;
            case StoreOutcome.SignedOut:
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                break;
            case StoreOutcome.Failed:
                (_failure, _state) = (answer.Failure, SearchState.Error);
                break;
            default:
                _state = SearchState.EmptyFiltered;
                break;
        }
    }
}
