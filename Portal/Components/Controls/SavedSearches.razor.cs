using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>Searches that people keep: to go to, and to keep the one that is shown.</summary>
public sealed partial class SavedSearches
{
    private string? _name;
    private string _error = "";
    private bool _isShared;
    private bool _busy;
    private bool _open;

    /// <summary>What is kept: its query, range and columns.</summary>
    [Parameter, EditorRequired]
    public SearchUrl Url { get; set; } = default!;

    private string Name => (_name ?? "").Trim();

    private bool Replaces => Items?.Any(item => IsOwn(item) && item.Name == Name) == true;

    private async Task ToggleAsync()
    {
        _open = !_open;
        if (_open)
        {
            (Items, Failure, _error, _name, _isShared) = (null, null, "", null, false);
            User = (await Authentication).User.Identity?.Name ?? "";
            await Browser.FocusAsync("[role=dialog]", Gone);
            await LoadAsync();
        }
    }

    private async Task CloseAsync()
    {
        _open = false;
        await Browser.FocusAsync("#saved-searches", Gone);
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
}
