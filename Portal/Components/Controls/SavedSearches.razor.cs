using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Components.Controls;

/// <summary>Searches that people keep: to go to, and to keep the one that is shown.</summary>
public sealed partial class SavedSearches : IDisposable
{
    private readonly Lifetime _gone = new();
    private IReadOnlyList<SavedSearchItem>? _items;
    private StoreFailure? _failure;
    private string? _name;
    private string _error = "";
    private string _user = "";
    private bool _isShared;
    private bool _busy;
    private bool _open;

    /// <summary>What is kept: its query, range and columns.</summary>
    [Parameter, EditorRequired]
    public SearchUrl Url { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private StoreSearches Searches { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Name => (_name ?? "").Trim();

    private bool Replaces => _items?.Any(item => IsOwn(item) && item.Name == Name) == true;

    public void Dispose() => _gone.Dispose();

    private bool IsOwn(SavedSearchItem item) => item.Owner == _user;

    private async Task ToggleAsync()
    {
        _open = !_open;
        if (_open)
        {
            (_items, _failure, _error, _name, _isShared) = (null, null, "", null, false);
            _user = (await Authentication).User.Identity?.Name ?? "";
            await Browser.FocusAsync("[role=dialog]", _gone.Token);
            await LoadAsync();
        }
    }

    private async Task CloseAsync()
    {
        _open = false;
        await Browser.FocusAsync("#saved-searches", _gone.Token);
    }

    private async Task LoadAsync()
    {
        if (await AskAsync(Searches.ListAsync) is { Value: { } list })
        {
            _items = list.Items;
        }
    }

    private async Task KeepAsync()
    {
        _error = Name.Length == 0 ? "Give it a name." : "";
        if (_error.Length > 0)
        {
            return;
        }

        _busy = true;
        var answer = await AskAsync(gone => Searches.KeepAsync(Name, new SavedSearchRequest(Url.Query, Url.From, Url.To, Url.Columns.Split(',', StringSplitOptions.RemoveEmptyEntries), _isShared), gone));
        _busy = false;
        if (answer is { Problem: { } problem })
        {
            _error = problem.Title;
        }
        else if (answer is { Value: not null })
        {
            (_name, _isShared) = (null, false);
            await LoadAsync();
        }
    }

    private async Task DeleteAsync(SavedSearchItem item)
    {
        // Whoever was quicker has deleted it, too.
        if (await AskAsync(gone => Searches.DeleteAsync(item.Name, gone)) is { Outcome: StoreOutcome.Ok or StoreOutcome.NotFound })
        {
            await LoadAsync();
        }
    }

    /// <returns>Null when it failed, which is shown, or the reader has left.</returns>
    private async Task<StoreAnswer<T>?> AskAsync<T>(Func<CancellationToken, Task<StoreAnswer<T>>> ask)
        where T : class
    {
        try
        {
            var answer = await ask(_gone.Token);
            _failure = answer.Failure;
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
            }

            return answer.Failure is null ? answer : null;
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            return null; // the page was left
        }
    }
}
