using System.Globalization;
using KubeLens.Contracts.Holds;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Components.Pages;

/// <summary>Legal holds: to see for an auditor, to place and release for an admin.</summary>
public sealed partial class Holds
{
    private SearchState _state = SearchState.Loading;
    private HoldList? _list;
    private HoldItem? _releasing;
    private StoreFailure? _failure;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private string _failed = "";
    private bool _isAdmin;
    private bool _isPlacing;
    private bool _busy;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private StoreHolds Store { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    private string Kept => _list is { Items.Count: > 0 } list ? $" Beyond their time now: {Show.Count(list.KeptCalls, "call", "calls")}, {Show.Bytes(list.KeptBytes)} of headers and bodies." : "";

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        _isAdmin = user.IsAdmin();
        if (!user.MaySeeHolds())
        {
            _state = SearchState.EmptyFiltered;
        }
        else if (RendererInfo.IsInteractive)
        {
            // The reader's zone is known only once the circuit is there.
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _failed = "The holds could not be read";
        if (await AskAsync(Store.ListAsync) is { Value: { } list })
        {
            _list = list;
            _state = list.Items.Count == 0 ? SearchState.EmptyNone : SearchState.Ready;
        }
    }

    private async Task OpenAsync()
    {
        _isPlacing = true;
        await Browser.FocusAsync(".hold-form input", Gone);
    }

    private async Task CloseAsync()
    {
        _isPlacing = false;
        await Browser.FocusAsync("#place-hold", Gone);
    }

    private async Task PlacedAsync()
    {
        await LoadAsync();
        await CloseAsync();
    }

    private async Task CloseDialogAsync()
    {
        if (_releasing is { } hold)
        {
            _releasing = null;
            await Browser.FocusAsync(string.Create(CultureInfo.InvariantCulture, $"#release-{hold.Id}"), Gone);
        }
    }

    private async Task ReleaseAsync()
    {
        if (_releasing is not { } hold)
        {
            return;
        }

        (_releasing, _failed) = (null, "The hold could not be released");

        // Whoever was quicker has released it, too.
        if (await AskAsync(gone => Store.ReleaseAsync(hold.Id, gone)) is not null)
        {
            await LoadAsync();
            await Browser.FocusAsync("h1", Gone);
        }
    }

    /// <returns>Null when it failed, which is shown, or the reader has left.</returns>
    private async Task<StoreAnswer<T>?> AskAsync<T>(Func<CancellationToken, Task<StoreAnswer<T>>> ask)
        where T : class
    {
        _busy = true;
        try
        {
            _zone = await Browser.ZoneAsync(Gone);
            var answer = await ask(Gone);
            _busy = false;
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                return null;
            }

            _failure = answer.Failure;
            if (_failure is not null)
            {
                _state = SearchState.Error;
            }

            return _failure is null ? answer : null;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return null; // the page was left
        }
    }
}
