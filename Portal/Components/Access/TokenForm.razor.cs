using KubeLens.Contracts.Access;
using KubeLens.Contracts.Query;
using KubeLens.Portal.Access;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.SignIn;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Access;

/// <summary>A token to make. What is wrong with it stands at its field.</summary>
public sealed partial class TokenForm : IDisposable
{
    private readonly Lifetime _gone = new();
    private IReadOnlyList<QueryMessage> _messages = [];
    private StoreFailure? _failure;
    private string? _name;
    private string _role = AccessText.Roles[0].Value;
    private string? _expires = "now+90d";
    private string? _cluster;
    private bool _busy;

    /// <summary>It was made; the token is told this once.</summary>
    [Parameter]
    public EventCallback<ApiTokenMade> OnMade { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    private StoreAccess Access { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // What is wrong with something that has no field here.
    private string Elsewhere => string.Join(' ', _messages.Where(message => message.Parameter is not ("name" or "expiresAt" or "cluster")).Select(message => message.Text));

    public void Dispose() => _gone.Dispose();

    private string Of(string field) => _messages.FirstOrDefault(message => message.Parameter == field)?.Text ?? "";

    private async Task MakeAsync()
    {
        (_busy, _failure, _messages) = (true, null, []);
        try
        {
            var answer = await Access.MakeAsync(new ApiTokenRequest(_name, _role, _expires, _cluster), _gone.Token);
            _busy = false;
            if (answer.Outcome == StoreOutcome.SignedOut)
            {
                Navigation.NavigateTo(SignInReason.Page(SignInReason.Expired), forceLoad: true);
                return;
            }

            (_failure, _messages) = (answer.Failure, answer.Problem?.Messages ?? []);
            if (answer.Value is { } made)
            {
                await OnMade.InvokeAsync(made);
            }
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The page was left first.
        }
    }
}
