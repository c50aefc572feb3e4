using KubeLens.Contracts.Search;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Objects;

/// <summary>What one call did to its object. It is asked for when it is shown.</summary>
public sealed partial class CallDiff : IDisposable
{
    private readonly Lifetime _gone = new();
    private CallChange? _change;
    private StoreFailure? _failure;
    private string _asked = "";
    private bool _isMissing;

    [Parameter, EditorRequired]
    public CallDetails Call { get; set; } = default!;

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string StateName => this switch
    {
        { _failure: not null } => "error",
        { _isMissing: true } => "empty-none",
        { _change: null } => "loading",
        _ => "ready",
    };

    public void Dispose() => _gone.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_asked != Call.Id)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var asked = _asked = Call.Id;
        (_change, _failure, _isMissing) = (null, null, false);
        try
        {
            var answer = await Calls.ChangeAsync(asked, _gone.Token);
            if (asked != _asked)
            {
                return;
            }

            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                return;
            }

            (_change, _failure, _isMissing) = (answer.Value, answer.Failure, answer.Value is null && answer.Failure is null);
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The tab was left first.
        }
    }
}
