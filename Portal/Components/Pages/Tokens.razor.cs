using System.Globalization;
using KubeLens.Contracts.Access;
using KubeLens.Portal.Access;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>Tokens for scripts, for an admin to make and revoke. A token is shown once, and is nowhere after that.</summary>
public sealed partial class Tokens
{
    private IReadOnlyList<ApiTokenItem>? _list;
    private ApiTokenMade? _made;
    private ApiTokenItem? _revoking;
    private bool _isMaking;
    private bool _showsAll;

    [Inject]
    private StoreAccess Access { get; set; } = default!;

    private IEnumerable<ApiTokenItem> Valid => _list!.Where(token => token.RevokedAt is null && token.ExpiresAt > Clock.GetUtcNow());

    protected override async Task OnInitializedAsync()
    {
        if (!(await UserAsync()).IsAdmin())
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
        if (await AskAsync("The tokens could not be read", Access.TokensAsync) is { Value: { } list })
        {
            _list = list.Items;
            State = list.Items.Count == 0 ? SearchState.EmptyNone : SearchState.Ready;
        }
    }

    private async Task OpenAsync()
    {
        (_isMaking, _made) = (true, null);
        await Browser.FocusAsync(".token-form input", Gone);
    }

    private async Task CloseAsync()
    {
        _isMaking = false;
        await Browser.FocusAsync("#make-token", Gone);
    }

    private async Task MadeAsync(ApiTokenMade made)
    {
        (_isMaking, _made) = (false, made);
        await LoadAsync();
        await Browser.FocusAsync("#made", Gone);
    }

    private async Task ForgetAsync()
    {
        _made = null;
        await Browser.FocusAsync("#make-token", Gone);
    }

    private async Task CloseDialogAsync()
    {
        if (_revoking is { } token)
        {
            _revoking = null;
            await Browser.FocusAsync(string.Create(CultureInfo.InvariantCulture, $"#revoke-{token.Id}"), Gone);
        }
    }

    private async Task RevokeAsync()
    {
        if (_revoking is not { } token)
        {
            return;
        }

        _revoking = null;

        // Whoever was quicker has revoked it, too.
        if (await AskAsync("The token could not be revoked", gone => Access.RevokeAsync(token.Id, gone)) is not null)
        {
            await LoadAsync();
            await Browser.FocusAsync("h1", Gone);
        }
    }
}
