using KubeLens.Contracts.Query;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>Query and time range. Typing changes nothing; Enter, Run, a range and a fix do.</summary>
public sealed partial class QueryBar : IAsyncDisposable
{
    private readonly Lifetime _gone = new();
    private string? _first;
    private string? _seen;
    private string _text = "";
    private bool _isStale;

    [Parameter, EditorRequired]
    public SearchUrl Url { get; set; } = default!;

    /// <summary>Where the form leads without scripts.</summary>
    [Parameter]
    public string Page { get; set; } = "/search";

    [Parameter]
    public bool HasRange { get; set; } = true;

    /// <summary>Whether a page begins in the field.</summary>
    [Parameter]
    public bool HasFocus { get; set; } = true;

    /// <summary>What is wrong or suspicious in the query or its range.</summary>
    [Parameter]
    public IReadOnlyList<QueryMessage> Messages { get; set; } = [];

    [Parameter]
    public EventCallback<SearchUrl> OnSearch { get; set; }

    [Inject]
    private Browser Browser { get; set; } = default!;

    private bool HasError => Messages.Any(message => message is { IsError: true, Parameter: "q" });

    public async ValueTask DisposeAsync()
    {
        _gone.Dispose();
        _self?.Dispose();
        await _completer.DisposeAsync();
    }

    protected override void OnParametersSet()
    {
        // The field is the reader's: it is painted once, and written to only when another query comes from elsewhere
        // (back, a fix). Bound, a late render would undo what is being typed.
        if (_seen == Url.Query)
        {
            return;
        }

        _isStale = _seen is not null && _text.Trim() != Url.Query;
        _text = _isStale || _seen is null ? Url.Query : _text;
        _first ??= _text;
        _seen = Url.Query;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await AttachAsync();
        }

        if (_isStale)
        {
            _isStale = false;
            await Browser.SetValueAsync("#query", _text, _gone.Token);
        }
    }

    private async Task SubmitAsync()
    {
        _text = await Browser.ValueAsync("#query", _gone.Token);
        await OnSearch.InvokeAsync(Url with { Query = _text.Trim() });
    }

    private async Task ClearAsync()
    {
        _text = "";
        await Browser.SetValueAsync("#query", "", _gone.Token);
        await OnSearch.InvokeAsync(Url with { Query = "" });
    }

    private async Task PickAsync((string From, string To) range)
    {
        _text = await Browser.ValueAsync("#query", _gone.Token);
        await OnSearch.InvokeAsync(Url.In(range.From, range.To) with { Query = _text.Trim() });
    }

    private Task FixAsync(QueryMessage message, string fix) => OnSearch.InvokeAsync(message.Parameter switch
    {
        "from" => Url.In(fix, Url.To),
        "to" => Url.In(Url.From, fix),
        _ => Url with { Query = fix },
    });

    private string TextOf(QueryMessage message) => message.Parameter switch
    {
        "from" => Url.From,
        "to" => Url.To,
        _ => Url.Query,
    };
}
