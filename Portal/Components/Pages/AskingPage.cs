using System.Security.Claims;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Components.Pages;

/// <summary>A page of one answer of the Store. When there is none it shows why, in the place of all else.</summary>
public abstract class AskingPage : PortalPage
{
    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private protected Browser Browser { get; set; } = default!;

    private protected SearchState State { get; set; } = SearchState.Loading;

    private protected StoreFailure? Failure { get; private set; }

    /// <summary>What could not be done.</summary>
    protected string Failed { get; private set; } = "";

    /// <summary>Of the times that are shown.</summary>
    protected TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    protected bool Busy { get; private set; }

    protected async Task<ClaimsPrincipal> UserAsync() => (await Authentication).User;

    /// <returns>Null when it failed, which is shown, or the reader has left.</returns>
    private protected async Task<StoreAnswer<T>?> AskAsync<T>(string failed, Func<CancellationToken, Task<StoreAnswer<T>>> ask)
        where T : class
    {
        Busy = true;
        try
        {
            Zone = await Browser.ZoneAsync(Gone);
            var answer = await ask(Gone);
            Busy = false;
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                return null;
            }

            (Failure, Failed) = (answer.Failure, failed);
            State = Failure is null ? State : SearchState.Error;
            return Failure is null ? answer : null;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return null; // the page was left
        }
    }
}
