using KubeLens.Contracts.Query;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>Query and time range. Typing changes nothing; Enter, Run, a range and a fix do.</summary>
public sealed partial class QueryBar : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string _text = "";
    private string? _seen;

    [Parameter, EditorRequired]
    public SearchUrl Url { get; set; } = default!;

    /// <summary>What is wrong or suspicious in the query or its range.</summary>
    [Parameter]
    public IReadOnlyList<QueryMessage> Messages { get; set; } = [];

    [Parameter]
    public EventCallback<SearchUrl> OnSearch { get; set; }

    [Inject]
    private Browser Browser { get; set; } = default!;

    private bool HasError => Messages.Any(message => message is { IsError: true, Parameter: "q" });

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnParametersSet()
    {
        // A render for another reason must not undo what is being typed.
        if (_seen != Url.Query)
        {
            _seen = Url.Query;
            _text = Url.Query;
        }
    }

    // The field itself is asked: its change event may still be on its way.
    private async Task SubmitAsync()
    {
        _text = await Browser.ValueAsync("#query", _gone.Token);
        await OnSearch.InvokeAsync(Url with { Query = _text.Trim() });
    }

    private Task ClearAsync()
    {
        _text = "";
        return OnSearch.InvokeAsync(Url with { Query = "" });
    }

    private Task PickAsync((string From, string To) range) => OnSearch.InvokeAsync(Url with { Query = _text.Trim(), From = range.From, To = range.To });

    private Task FixAsync(QueryMessage message, string fix) => OnSearch.InvokeAsync(message.Parameter switch
    {
        "from" => Url with { From = fix },
        "to" => Url with { To = fix },
        _ => Url with { Query = fix },
    });

    private string TextOf(QueryMessage message) => message.Parameter switch
    {
        "from" => Url.From,
        "to" => Url.To,
        _ => Url.Query,
    };
}
