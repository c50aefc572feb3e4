using KubeLens.Contracts.Health;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>How the Store is, part by part.</summary>
public sealed partial class Status
{
    private StoreStatus? _status;
    private StoreFailure? _failure;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private bool _busy;

    [Inject]
    private StoreCalls Calls { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    private string AsOf => _status is not { } status ? ""
        : $"As of {Show.Clock(status.Time, _zone)}. Totals and faults are those since this Store began, {Show.Day(status.StartedAt, _zone)} {Show.Clock(status.StartedAt, _zone)}.{(status.Version.Length > 0 ? $" Version {status.Version}." : "")}";

    private string StateName => _failure is not null ? "error" : _status is null ? "loading" : "ready";

    protected override async Task OnInitializedAsync()
    {
        // The reader's zone is known only once the circuit is there.
        if (RendererInfo.IsInteractive)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _busy = true;
        try
        {
            _zone = await Browser.ZoneAsync(Gone);
            var answer = await Calls.StatusAsync(Gone);
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                return;
            }

            (_busy, _status) = (false, answer.Value);
            _failure = answer.Value is null ? answer.Failure ?? new StoreFailure("The Store tells no status.", "none") : null;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
