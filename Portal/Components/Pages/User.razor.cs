using KubeLens.Portal.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Pages;

/// <summary>What one user does, where, with what, and when.</summary>
public sealed partial class User
{
    private static readonly (string Title, string Term, string Field, int Top)[] Tiles =
    [
        ("Resources", "", "resource", 8),
        ("Verbs", "", "verb", 8),
        ("Namespaces", "", "ns", 8),
        ("Clients", "", "client", 8),
        ("Changes", "is:mutating", "resource", 5),
        ("Denied", "is:denied", "resource", 5),
        ("Secrets read", "is:secret class:read", "ns", 5),
        ("Statuses", "", "status", 5),
    ];

    [Parameter]
    public string Encoded { get; set; } = "";

    protected override string Query => QueryEdits.Filter("", "user", Name, excluded: false);

    protected override string Everything => Query;

    private string Name => UserPath.Decode(Encoded);

    protected override string AddressOf(SearchUrl url) => UserPath.Page(Name, url);
}
