using System.Globalization;
using KubeLens.Contracts.Holds;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>Legal holds: to see for an auditor, to place and release for an admin.</summary>
public sealed partial class Holds
{
    private HoldList? _list;
    private HoldItem? _releasing;
    private bool _isAdmin;
    private bool _isPlacing;

    [Inject]
    private StoreHolds Store { get; set; } = default!;

    private string Kept => _list is { Items.Count: > 0 } list ? $" Beyond their time now: {Show.Count(list.KeptCalls, "call", "calls")}, {Show.Bytes(list.KeptBytes)} of headers and bodies." : "";

    protected override async Task OnInitializedAsync()
    {
        var user = await UserAsync();
        _isAdmin = user.IsAdmin();
        if (!user.MaySeeHolds())
        {
            State = SearchState.EmptyFiltered;
        }
        else if (RendererInfo.IsInteractive)
        {
            // The reader's zone is known only once the circuit is there.
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        if (await AskAsync("The holds could not be read", Store.ListAsync) is { Value: { } list })
        {
            _list = list;
            State = list.Items.Count == 0 ? SearchState.EmptyNone : SearchState.Ready;
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

        _releasing = null;

        // Whoever was quicker has released it, too.
        if (await AskAsync("The hold could not be released", gone => Store.ReleaseAsync(hold.Id, gone)) is not null)
        {
            await LoadAsync();
            await Browser.FocusAsync("h1", Gone);
        }
    }
}
