using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Components.Settings;

/// <summary>The reader's saved searches to rename, share and delete, and those that others share; an admin may delete these, too.</summary>
public sealed partial class SavedSearchTable : IDisposable
{
    private readonly Lifetime _gone = new();
    private IReadOnlyList<SavedSearchItem>? _items;
    private SavedSearchItem? _renaming;
    private StoreFailure? _failure;
    private string _name = "";
    private string _error = "";
    private string _user = "";
    private bool _isAdmin;
    private bool _busy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private StoreSearches Searches { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string StateName => _failure is not null ? "error" : _items is null ? "loading" : _items.Count == 0 ? "empty-none" : "ready";

    public void Dispose() => _gone.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        (_user, _isAdmin) = (user.Identity?.Name ?? "", user.IsAdmin());
        if (RendererInfo.IsInteractive)
        {
            await LoadAsync();
        }
    }

    private bool IsOwn(SavedSearchItem item) => item.Owner == _user;

    private string IdOf(SavedSearchItem item) => $"rename-{_items!.ToList().IndexOf(item)}";

    private async Task LoadAsync()
    {
        if (await AskAsync(Searches.ListAsync) is { Value: { } list })
        {
            _items = list.Items;
        }
    }

    private async Task BeginAsync(SavedSearchItem item)
    {
        (_renaming, _name, _error) = (item, item.Name, "");
        await Browser.FocusAsync("#new-name", _gone.Token);
    }

    private async Task StopAsync(SavedSearchItem item)
    {
        _renaming = null;
        await Browser.FocusAsync($"#{IdOf(item)}", _gone.Token);
    }

    private async Task RenameAsync(SavedSearchItem item)
    {
        var name = _name.Trim();
        if (name == item.Name)
        {
            await StopAsync(item);
            return;
        }

        _error = name.Length == 0 ? "Give it a name." : _items!.Any(other => IsOwn(other) && other.Name == name) ? "You have another search of that name." : "";
        if (_error.Length > 0)
        {
            return;
        }

        // The Store has no renaming: first there are two, so that none is lost if the second step fails.
        var kept = await AskAsync(gone => Searches.KeepAsync(name, Request(item), gone));
        _error = kept?.Problem?.Title ?? "";
        if (kept?.Value is not null)
        {
            _renaming = null;
            await RemoveAsync(item);
            StateHasChanged();
            if (_items!.ToList().Find(other => IsOwn(other) && other.Name == name) is { } renamed)
            {
                await Browser.FocusAsync($"#{IdOf(renamed)}", _gone.Token);
            }
        }
    }

    private async Task ShareAsync(SavedSearchItem item)
    {
        if (await AskAsync(gone => Searches.KeepAsync(item.Name, Request(item) with { IsShared = !item.IsShared }, gone)) is { Value: not null })
        {
            await LoadAsync();
        }
    }

    private async Task DeleteAsync(SavedSearchItem item)
    {
        await RemoveAsync(item);
        StateHasChanged();
        await Browser.FocusAsync("#saved", _gone.Token);
    }

    private async Task RemoveAsync(SavedSearchItem item)
    {
        // Whoever was quicker has deleted it, too.
        if (await AskAsync(gone => Searches.DeleteAsync(item.Name, gone, IsOwn(item) ? "" : item.Owner)) is { Outcome: StoreOutcome.Ok or StoreOutcome.NotFound })
        {
            await LoadAsync();
        }
    }

    private static SavedSearchRequest Request(SavedSearchItem item) => new(item.Query, item.From, item.To, item.Columns, item.IsShared);

    /// <returns>Null when it failed, which is shown, or the reader has left.</returns>
    private async Task<StoreAnswer<T>?> AskAsync<T>(Func<CancellationToken, Task<StoreAnswer<T>>> ask)
        where T : class
    {
        _busy = true;
        try
        {
            var answer = await ask(_gone.Token);
            (_busy, _failure) = (false, answer.Failure);
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
