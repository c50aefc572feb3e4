using KubeLens.Contracts.Query;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>Ranges that move with the clock by one click, any other as text.</summary>
public sealed partial class TimeRangePicker : IDisposable
{
    private readonly Lifetime _gone = new();
    private bool _open;
    private string? _from;
    private string? _to;

    [Parameter, EditorRequired]
    public string From { get; set; } = "";

    [Parameter, EditorRequired]
    public string To { get; set; } = "";

    [Parameter]
    public IReadOnlyList<QueryMessage> Messages { get; set; } = [];

    [Parameter]
    public EventCallback<(string From, string To)> OnPick { get; set; }

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    public void Dispose()
    {
        _gone.Dispose();
    }

    private SearchUrl Range => SearchUrl.Of(null, From, To, null, null);

    private async Task ToggleAsync()
    {
        _open = !_open;
        (_from, _to) = (From, To);
        if (_open)
        {
            await Browser.FocusAsync("[role=dialog]", _gone.Token);
        }
    }

    private async Task CloseAsync()
    {
        _open = false;
        await Browser.FocusAsync("#time-range", _gone.Token);
    }

    private async Task PickAsync(string? from, string? to)
    {
        await CloseAsync();
        await OnPick.InvokeAsync((from ?? "", to ?? ""));
    }

    // A range with an error says so itself, and moves nowhere.
    private Task MoveAsync(SearchUrl? to) => to is null ? Task.CompletedTask : OnPick.InvokeAsync((to.From, to.To));

    private string ErrorOf(string parameter)
        => Messages.FirstOrDefault(message => message.IsError && message.Parameter == parameter)?.Text ?? "";
}
