using KubeLens.Contracts.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using KubeLens.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>One call's details, in the drawer and on its own page.</summary>
public sealed partial class CallPanel : IDisposable
{
    // As often as gateways tell how far a call has come.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly Lifetime _gone = new();
    private ITimer? _again;
    private CallDetails? _call;
    private StoreFailure? _failure;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private string _asked = "";
    private bool _missing;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter]
    public string Tab { get; set; } = "";

    /// <summary>True on the call's own page.</summary>
    [Parameter]
    public bool IsPage { get; set; }

    [Parameter]
    public EventCallback<string> OnTab { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>To the row above (-1) or below (1).</summary>
    [Parameter]
    public EventCallback<int> OnStep { get; set; }

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string State => this switch
    {
        { _failure: not null } => "error",
        { _missing: true } => "empty-filtered",
        { _call: not null } => "ready",
        _ => "loading",
    };

    public void Dispose()
    {
        _again?.Dispose();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive && _asked != Id)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var id = _asked = Id;
        _failure = null;
        _missing = false;
        try
        {
            // The call before stays until this one is here: stepping through rows must not flicker.
            _zone = await Browser.ZoneAsync(_gone.Token);
            var answer = await Calls.ReadAsync(id, _gone.Token);
            if (id != _asked)
            {
                return;
            }

            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                return;
            }

            _call = answer.Value;
            _failure = answer.Failure;
            _missing = answer.Outcome is StoreOutcome.NotFound or StoreOutcome.BadQuery;
            LookAgainLater();
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The panel was closed first.
        }
    }

    // Until it has ended, or another is shown; a timer that fires once cannot pile up.
    private void LookAgainLater()
    {
        _again?.Dispose();
        _again = _call is { InFlight: true } && !_gone.IsOver
            ? Clock.CreateTimer(_ => _ = InvokeAsync(ReloadAsync), null, LookAgain, Timeout.InfiniteTimeSpan)
            : null;
    }

    private async Task ReloadAsync()
    {
        if (!_gone.IsOver)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }
}
