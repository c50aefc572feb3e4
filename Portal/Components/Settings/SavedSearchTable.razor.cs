using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Settings;

/// <summary>The reader's saved searches to rename, share and delete, and those that others share; an admin may delete these, too.</summary>
public sealed partial class SavedSearchTable
{
    private SavedSearchItem? _renaming;
    private string _name = "";
    private string _error = "";
    private bool _isAdmin;
    private bool _busy;

    private string StateName => Failure is not null ? "error" : Items is null ? "loading" : Items.Count == 0 ? "empty-none" : "ready";

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        (User, _isAdmin) = (user.Identity?.Name ?? "", user.IsAdmin());
        if (RendererInfo.IsInteractive)
        {
            await LoadAsync();
        }
    }

    private string IdOf(SavedSearchItem item) => $"rename-{Items!.ToList().IndexOf(item)}";

    private async Task BeginAsync(SavedSearchItem item)
    {
        (_renaming, _name, _error) = (item, item.Name, "");
        await Browser.FocusAsync("#new-name", Gone);
    }

    private async Task StopAsync(SavedSearchItem item)
    {
        _renaming = null;
        await Browser.FocusAsync($"#{IdOf(item)}", Gone);
    }

    private async Task RenameAsync(SavedSearchItem item)
    {
        var name = _name.Trim();
        if (name == item.Name)
        {
            await StopAsync(item);
            return;
        }

        _error = name.Length == 0 ? "Give it a name." : Items!.Any(other => IsOwn(other) && other.Name == name) ? "You have another search of that name." : "";
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
            if (Items!.ToList().Find(other => IsOwn(other) && other.Name == name) is { } renamed)
            {
                await Browser.FocusAsync($"#{IdOf(renamed)}", Gone);
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
        await Browser.FocusAsync("#saved", Gone);
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

    private protected override async Task<StoreAnswer<T>?> AskAsync<T>(Func<CancellationToken, Task<StoreAnswer<T>>> ask)
        where T : class
    {
        _busy = true;
        var answer = await base.AskAsync(ask);
        _busy = false;
        return answer;
    }
}
