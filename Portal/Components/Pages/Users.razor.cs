using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>Who calls, how much, and how much of it changes something, is denied or fails.</summary>
public sealed partial class Users
{
    private const string KindTerm = "kind:";

    private static readonly IReadOnlyList<(string Query, string Label)> Kinds = [("", "All"), .. UserKind.All.Select(kind => (KindTerm + kind.Kind, kind.Label))];

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    protected override string Query => Kinds.FirstOrDefault(kind => kind.Query == KindTerm + Kind).Query ?? "";

    protected override string AddressOf(SearchUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return AddressOf(url, Sort);
    }

    private static string AddressOf(SearchUrl url, string? sort)
        => $"/users?{url.Range}" + (url.Query.StartsWith(KindTerm, StringComparison.Ordinal) ? $"&kind={url.Query[KindTerm.Length..]}" : "") + (sort is null ? "" : $"&sort={Uri.EscapeDataString(sort)}");

    private void SortBy(string sort) => Navigation.NavigateTo(AddressOf(Url, sort), replace: true);
}
