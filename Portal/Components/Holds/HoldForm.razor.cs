using KubeLens.Contracts.Holds;
using KubeLens.Contracts.Query;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Holds;

/// <summary>A hold to place. What is wrong with it stands at its field.</summary>
public sealed partial class HoldForm : IDisposable
{
    private readonly Lifetime _gone = new();
    private IReadOnlyList<QueryMessage> _messages = [];
    private StoreFailure? _failure;
    private string? _name;
    private string? _query;
    private string? _from;
    private string? _to = TimeRange.DefaultTo;
    private string? _reason;
    private bool _busy;

    [Parameter]
    public EventCallback OnPlaced { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    private StoreHolds Store { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Found => SearchUrl.Of(_query, _from, _to, null, null).ToString();

    public void Dispose() => _gone.Dispose();

    private string Of(string field) => _messages.FirstOrDefault(message => message.Parameter == field)?.Text ?? "";

    private async Task PlaceAsync()
    {
        (_busy, _failure, _messages) = (true, null, []);
        try
        {
            var answer = await Store.PlaceAsync(new HoldRequest(_name, _query, _from, _to, _reason), _gone.Token);
            _busy = false;
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                return;
            }

            (_failure, _messages) = (answer.Failure, answer.Problem?.Messages ?? []);
            if (answer.Value is not null)
            {
                await OnPlaced.InvokeAsync();
            }
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page was left first.
        }
    }
}
