using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;
using KubeLens.Portal.Access;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>Who read what was sent and answered, for an admin. The URL says whose records, of what and when.</summary>
public sealed partial class AccessRecords
{
    private readonly List<AccessRecordItem> _records = [];
    private RecordsUrl? _asked;
    private IReadOnlyList<QueryMessage> _messages = [];
    private string? _next;
    private string _problem = "";
    private string _who = "";
    private string _call = "";
    private bool _isAdmin;

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "who")]
    private string? Who { get; set; }

    [SupplyParameterFromQuery(Name = "call")]
    private string? Call { get; set; }

    [Inject]
    private StoreAccess Access { get; set; } = default!;

    private RecordsUrl Url { get; set; } = RecordsUrl.Of(null, null, null, null);

    protected override async Task OnParametersSetAsync()
    {
        Url = RecordsUrl.Of(From, To, Who, Call);
        (_who, _call) = (Url.Who, Url.Call);
        _isAdmin = (await UserAsync()).IsAdmin();
        if (!_isAdmin)
        {
            State = SearchState.EmptyFiltered;
        }
        else if (RendererInfo.IsInteractive && Url != _asked)
        {
            // The reader's zone is known only once the circuit is there.
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _asked = Url;
        if (await AskAsync("The records could not be read", gone => Access.RecordsAsync(Url, cursor: null, gone)) is { } answer && _asked == Url)
        {
            _records.Clear();
            Take(answer);
        }
    }

    private async Task LoadMoreAsync()
    {
        var asked = _asked;
        if (await AskAsync("The records could not be read", gone => Access.RecordsAsync(asked!, _next, gone)) is { } answer && asked == _asked)
        {
            Take(answer);
        }
    }

    private void Take(StoreAnswer<AccessRecordPage> answer)
    {
        (_messages, _problem) = (answer.Problem?.Messages ?? [], answer.Problem?.Title ?? "");
        _records.AddRange(answer.Value?.Items ?? []);
        _next = answer.Value?.Next;
        State = answer.Problem is not null ? SearchState.BadQuery : _records.Count == 0 ? SearchState.EmptyFiltered : SearchState.Ready;
    }

    // The same again is a wish for fresh records, not a new place in the history.
    private Task GoAsync(RecordsUrl url)
    {
        if (url == Url)
        {
            return LoadAsync();
        }

        Navigation.NavigateTo(url.ToString());
        return Task.CompletedTask;
    }
}
