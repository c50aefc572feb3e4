using KubeLens.Contracts.Query;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>What is counted of a search. It is asked for and fails by itself.</summary>
/// <typeparam name="T">What the Store answers.</typeparam>
public abstract class SearchPart<T> : ComponentBase, IDisposable
    where T : class
{
    private Lifetime _asking = new();
    private SearchUrl? _asked;
    private int _run;

    /// <summary>The search that is shown.</summary>
    [Parameter, EditorRequired]
    public SearchUrl Url { get; set; } = default!;

    /// <summary>Counts the runs of searches: the same search in another run is asked for anew.</summary>
    [Parameter, EditorRequired]
    public int Run { get; set; }

    [Parameter]
    public EventCallback<SearchUrl> OnSearch { get; set; }

    /// <summary>It could not be counted.</summary>
    [Parameter]
    public EventCallback OnFailed { get; set; }

    [Inject]
    private protected StoreCalls Calls { get; set; } = default!;

    [Inject]
    private protected Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>Of the last search that was answered.</summary>
    protected T? Value { get; private set; }

    private protected StoreFailure? Failure { get; private set; }

    protected bool Busy { get; private set; }

    /// <summary>Ends when another search takes the place of this one, and when the page is left.</summary>
    protected CancellationToken Asking => _asking.Token;

    protected string StateName => Failure is not null ? "error" : Busy || Value is null ? "loading" : "ready";

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _asking.Dispose();
    }

    private protected abstract Task<StoreAnswer<T>> AskAsync(SearchUrl search, CancellationToken cancellationToken);

    /// <summary>An answer has come.</summary>
    protected virtual Task AnsweredAsync(T value) => Task.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive && (Run != _run || !Url.SameResults(_asked)))
        {
            await LoadAsync();
        }
    }

    protected async Task LoadAsync()
    {
        (_asked, _run) = (Url, Run);
        var asking = Supersede();
        if (QueryParser.Parse(Url.Query).HasErrors)
        {
            return;
        }

        (Busy, Failure) = (true, null);
        try
        {
            var answer = await AskAsync(Url, asking);
            asking.ThrowIfCancellationRequested();
            Show(answer);
            Busy = false;
            if (Failure is not null)
            {
                await OnFailed.InvokeAsync();
            }
            else if (Value is { } value)
            {
                await AnsweredAsync(value);
            }
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            // Another search took its place, or the page was left.
        }
    }

    // At once: another search may begin while this one is still being asked.
    private CancellationToken Supersede()
    {
        _asking.Dispose();
        _asking = new Lifetime();
        return _asking.Token;
    }

    private void Show(StoreAnswer<T> answer)
    {
        switch (answer.Outcome)
        {
            case StoreOutcome.Ok:
                Value = answer.Value;
                break;
            case StoreOutcome.BadQuery:
                // The search itself says what is wrong.
                Value = null;
                break;
            case StoreOutcome.SignedOut:
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                break;
            default:
                Value = null;
                Failure = answer.Failure ?? new StoreFailure("The Store does not count.", "none");
                break;
        }
    }
}
