using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace KubeLens.Portal.Components.Controls;

/// <summary>Searches that people keep, and the reader among them.</summary>
public abstract class SavedSearchesPart : ComponentBase, IDisposable
{
    private readonly Lifetime _gone = new();

    [CascadingParameter]
    private protected Task<AuthenticationState> Authentication { get; set; } = default!;

    [Inject]
    private protected StoreSearches Searches { get; set; } = default!;

    [Inject]
    private protected Browser Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private protected CancellationToken Gone => _gone.Token;

    /// <summary>Null while they are asked for.</summary>
    private protected IReadOnlyList<SavedSearchItem>? Items { get; set; }

    private protected StoreFailure? Failure { get; set; }

    /// <summary>The reader.</summary>
    private protected string User { get; set; } = "";

    public void Dispose()
    {
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected bool IsOwn(SavedSearchItem item) => item.Owner == User;

    private protected async Task LoadAsync()
    {
        if (await AskAsync(Searches.ListAsync) is { Value: { } list })
        {
            Items = list.Items;
        }
    }

    /// <returns>Null when it failed, which is shown, or the reader has left.</returns>
    private protected virtual async Task<StoreAnswer<T>?> AskAsync<T>(Func<CancellationToken, Task<StoreAnswer<T>>> ask)
        where T : class
    {
        try
        {
            var answer = await ask(Gone);
            Failure = answer.Failure;
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
