using KubeLens.Portal.Components.Controls;
using KubeLens.Portal.Components.Layout;
using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>A page of rows with one of them in a drawer. Its URL says which.</summary>
public abstract class ResultsPage : PortalPage
{
    private string _focusLater = "";

    [SupplyParameterFromQuery(Name = "q")]
    protected string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "sel")]
    protected string? Selected { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    protected string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "cols")]
    protected string? Columns { get; set; }

    [Inject]
    private protected Browser Browser { get; set; } = default!;

    /// <summary>The page's whole state.</summary>
    protected SearchUrl Url { get; set; } = SearchUrl.Of(null, null, null, null, null);

    protected ResultGrid? Grid { get; set; }

    /// <summary>Of the rows from top to bottom.</summary>
    protected abstract IReadOnlyList<string> Ids { get; }

    /// <summary>Where the page is in this state.</summary>
    protected abstract string AddressOf(SearchUrl url);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusLater.Length > 0)
        {
            var selector = _focusLater;
            _focusLater = "";
            await Browser.FocusAsync(selector, Gone);
        }
    }

    protected virtual void Open(RowOpened row)
    {
        ArgumentNullException.ThrowIfNull(row);
        _focusLater = row.ByKey ? ".drawer [data-key=Escape]" : "";
        Replace(Url with { Selected = row.Id });
    }

    protected void OpenPage(string id) => Navigation.NavigateTo($"/calls/{id}");

    protected void ShowTab(string tab) => Replace(Url with { Tab = tab });

    protected void ShowColumns(string columns) => Replace(Url with { Columns = columns });

    protected async Task CloseAsync()
    {
        var id = Url.Selected;
        Replace(Url with { Selected = "", Tab = "" });
        if (Grid is not null)
        {
            await Grid.FocusAsync(id);
        }
    }

    protected void Step(int step)
    {
        var at = Ids.ToList().IndexOf(Url.Selected) + step;
        if (at >= 0 && at < Ids.Count)
        {
            Replace(Url with { Selected = Ids[at] });
        }
    }

    /// <summary>Compares with the rest, or no more.</summary>
    protected void Compare() => Replace(Url with { Compares = !Url.Compares });

    private void Replace(SearchUrl url) => Navigation.NavigateTo(AddressOf(url), replace: true);
}
