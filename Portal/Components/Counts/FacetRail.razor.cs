using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Counts;

/// <summary>What the calls of a search have in common and what tells them apart; a click narrows the search.</summary>
public sealed partial class FacetRail
{
    private SearchUrl _answered = SearchUrl.Of(null, null, null, null, null);

    [Parameter]
    public EventCallback OnClose { get; set; }

    private protected override Task<StoreAnswer<CallFacets>> AskAsync(SearchUrl search, CancellationToken cancellationToken) => Calls.FacetsAsync(search, FacetText.Fields, cancellationToken);

    protected override Task AnsweredAsync(CallFacets value)
    {
        _answered = Url;
        return Task.CompletedTask;
    }

    private Task ChangeAsync(string query) => OnSearch.InvokeAsync(Url with { Query = query });
}
