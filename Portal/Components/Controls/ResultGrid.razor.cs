using System.Collections.Immutable;
using System.Globalization;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace KubeLens.Portal.Components.Controls;

/// <summary>The rows of a search. The server sends batches and forgets them; focus, selection and keys live in the browser's module.</summary>
public sealed partial class ResultGrid : IAsyncDisposable
{
    /// <summary>What takes clicks on rows. The browser must have it before the first row is shown, or a quick click is lost.</summary>
    public const string Module = "./Components/Controls/ResultGrid.razor.js";

    private readonly Lifetime _gone = new();
    private readonly Attached _grid = new();
    private ElementReference _frame;
    private DotNetObjectReference<ResultGrid>? _self;
    private string _painted = "";
    private string _tracks = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<RowBatch> Batches { get; set; } = [];

    /// <summary>Of the batches, beside the time.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<CallColumn> Columns { get; set; } = [];

    [Parameter]
    public int Count { get; set; }

    [Parameter]
    public bool HasMore { get; set; }

    /// <summary>Older rows are shown while an answer is awaited.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Id of the call whose row is marked.</summary>
    [Parameter]
    public string Selected { get; set; } = "";

    /// <summary>A row was opened; focus shall follow when it was opened by a key.</summary>
    [Parameter]
    public EventCallback<RowOpened> OnOpen { get; set; }

    [Parameter]
    public EventCallback<string> OnOpenPage { get; set; }

    /// <summary>The reader has left the first row behind.</summary>
    [Parameter]
    public EventCallback OnScrolled { get; set; }

    /// <summary>A value of a cell is to be searched for or left out.</summary>
    [Parameter]
    public EventCallback<CellFilter> OnFilter { get; set; }

    /// <summary>What follows the last row.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private Browser Browser { get; set; } = default!;

    [JSInvokable]
    public Task OpenRowAsync(string id, bool byKey) => OnOpen.InvokeAsync(new RowOpened(id, byKey));

    [JSInvokable]
    public Task OpenRowPageAsync(string id) => OnOpenPage.InvokeAsync(id);

    [JSInvokable]
    public Task FilterAsync(string field, string value, bool excluded) => OnFilter.InvokeAsync(new CellFilter(field, value, excluded));

    [JSInvokable]
    public Task ScrolledAsync() => OnScrolled.InvokeAsync();

    /// <summary>Gives the keyboard back to a row.</summary>
    public Task FocusAsync(string id) => _grid.CallAsync("focus", _gone.Token, id).AsTask();

    public async ValueTask DisposeAsync()
    {
        _gone.Dispose();
        _self?.Dispose();
        await _grid.DisposeAsync();
    }

    protected override void OnParametersSet()
    {
        var all = Columns.Insert(0, CallColumns.Time);
        _tracks = string.Create(CultureInfo.InvariantCulture, $"--tracks: {Tracks(narrow: false)}; --least: {Least(narrow: false)}px; --narrow-tracks: {Tracks(narrow: true)}; --narrow-least: {Least(narrow: true)}px");

        string Tracks(bool narrow) => string.Join(' ', all.Select(column => column.Track(narrow)));

        // With the gaps between and what is left and right of them.
        int Least(bool narrow) => all.Sum(column => narrow ? column.NarrowLeast + 10 : column.Least + 12) + 32;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _grid.AttachAsync(Browser, Module, _gone.Token, _frame, _self, OnScrolled.HasDelegate, OnFilter.HasDelegate);
        }

        var painted = $"{Selected} {Batches.Count} {(Batches.Count > 0 ? Batches[0].GetHashCode() : 0)}";
        if (_grid.IsThere && painted != _painted)
        {
            _painted = painted;
            await _grid.CallAsync("select", _gone.Token, Selected);
        }
    }
}
