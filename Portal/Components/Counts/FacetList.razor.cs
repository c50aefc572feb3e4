using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>The values of one field. A click includes one, with Shift as the only one; a second click takes it back.</summary>
public sealed partial class FacetList
{
    private QueryFacet _own = QueryFacet.Of(AllNode.Instance, "verb");
    private IReadOnlyList<FacetRow> _rows = [];

    [Parameter, EditorRequired]
    public CallFacet Facet { get; set; } = default!;

    /// <summary>The search that was counted.</summary>
    [Parameter, EditorRequired]
    public SearchUrl Url { get; set; } = default!;

    /// <summary>The query that a click makes.</summary>
    [Parameter]
    public EventCallback<string> OnChange { get; set; }

    private string Id => $"facet-{Facet.Field}";

    protected override void OnParametersSet()
    {
        _own = QueryFacet.Of(QueryParser.Parse(Url.Query).Root ?? AllNode.Instance, Facet.Field);
        _rows = FacetRow.Of(Facet, _own);
    }

    private Task IncludeAsync(FacetRow row, bool only)
        => ChangeAsync(only ? _own.Only(row.Value) : row.IsIncluded ? _own.Forget(row.Value) : _own.Include(row.Value));

    private Task ExcludeAsync(FacetRow row) => ChangeAsync(row.IsExcluded ? _own.Forget(row.Value) : _own.Exclude(row.Value));

    private Task ChangeAsync(QueryNode query) => OnChange.InvokeAsync(QueryPrinter.Print(query));
}
