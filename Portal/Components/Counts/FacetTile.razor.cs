using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>How many calls a search finds, and the most frequent values of one field among them. Every number leads to the search that finds just those calls.</summary>
public sealed partial class FacetTile
{
    private IReadOnlyList<(FacetRow Row, SearchUrl Search)> _rows = [];
    private string _quality = "";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Its name in the query language; the search itself says nothing of it.</summary>
    [Parameter, EditorRequired]
    public string Field { get; set; } = "";

    /// <summary>Shared by the parts of the page.</summary>
    [Parameter, EditorRequired]
    public Turns Turns { get; set; } = default!;

    /// <summary>Most values.</summary>
    [Parameter]
    public int Top { get; set; } = 5;

    private string Id { get; } = $"tile-{Guid.NewGuid():N}";

    private CallFacet? Facet => Value is { Fields: [var facet, ..] } ? facet : null;

    private protected override Task<StoreAnswer<CallFacets>> AskAsync(SearchUrl search, CancellationToken cancellationToken)
        => Turns.TakeAsync(() => Calls.FacetsAsync(search, [Field], cancellationToken, Top), cancellationToken);

    protected override async Task AnsweredAsync(CallFacets value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var (facet, url) = (value.Fields[0], Url);
        _rows = [.. FacetRow.Of(facet, QueryFacet.Of(QueryParser.Parse(url.Query).Root ?? AllNode.Instance, Field))
            .Select(row => (row, url with { Query = QueryEdits.Filter(url.Query, Field, row.Value, excluded: false) }))];
        _quality = Quality.Since(facet.Quality, await Browser.ZoneAsync(Asking));
    }
}
