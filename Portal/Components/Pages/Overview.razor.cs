using KubeLens.Portal.Search;

namespace KubeLens.Portal.Components.Pages;

/// <summary>What goes on, and what is worth a look. Every number leads to the search that finds just those calls.</summary>
public sealed partial class Overview
{
    private const int More = 8;

    private static readonly ((string Id, string Text) Heading, (string Title, string Query, string Field, int Top)[] Tiles)[] Sections =
    [
        (("who", "Who calls what"),
        [
            ("Users", "", "user", More),
            ("Resources", "", "resource", More),
            ("Namespaces", "", "ns", More),
            ("Clients", "", "client", More),
        ]),
        (("look", "Worth a look"),
        [
            ("Denied", "is:denied", "user", 5),
            ("Deletes", "class:delete", "user", 5),
            ("Shells, port forwards and proxies", "class:interactive", "user", 5),
            ("Secrets read", "is:secret class:read", "user", 5),
        ]),
        (("hygiene", "Housekeeping"),
        [
            ("Deprecated APIs", "is:deprecated", "user", 5),
            ("TLS older than 1.3", "tls:* -tls:1.3", "client", 5),
            ("API server without TLS", "is:plaintext", "cluster", 5),
            ("API server not verified", "is:unverified", "cluster", 5),
            ("Bypassed the gateway", "is:bypass", "user", 5),
            ("Audit-id used twice", "is:conflict", "user", 5),
        ]),
    ];

    protected override string Query => "";

    protected override string AddressOf(SearchUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return $"/overview?{url.Range}";
    }
}
