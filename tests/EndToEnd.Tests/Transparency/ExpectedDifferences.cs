using System.Text.RegularExpressions;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>The whole list: what a client may see otherwise through the gateway, and why.</summary>
internal static class ExpectedDifferences
{
    public static IReadOnlyList<ExpectedDifference> All { get; } =
    [
        // By design
        Of("(impersonate|front-proxy): as-alice(-group)?: .*", "the gateway itself acts as its caller there, and an apiserver knows one level of it: --as is refused by rule"),
        Of("credential: raw-wrong-token: .*", "the caller proves itself by its certificate; a token beside it is dropped"),
        Of("passthrough: raw-wrong-token: .*", "the gateway itself refuses the token, and says what it accepts"),
        // HTTP as Kestrel speaks it
        Of(".*: wire-http-1.0: 1 status", "the answer names the highest version its server speaks (RFC 9110, 6.2)"),
        Of(".*: wire-space-in-target: 1 (body|header (date|content-type|content-length))", "no request line: the server refuses it before the gateway sees it, with 400 too"),
        Of(".*: raw-accept-list: header content-length", "Go frames answers between 2 and 4 KiB otherwise over HTTP/2 than over HTTP/1.1"),
        Of(".*: wire-watch-as-websocket: 1 header (date|transfer-encoding)", "the apiserver writes its refusal by hand, without Date and up to the connection's end; the gateway's server adds the one and frames the other"),
        Of(".*: wire-invalid-escape: 1 header (date|content-length|transfer-encoding)", "the same of Go's 400 for a target that it cannot read"),
        // What Kubernetes 1.20 writes into its audit log
        Of(".*: (exec.*|attach|port-forward|cp-in|cp-out): record of get pods/(exec|attach|portforward)", "for a WebSocket that it refuses with 403 or 400 the apiserver's audit log says 101; the record says what the client got"),
        Of(".*: wire-watch-as-websocket: record of watch configmaps/", "the same: 403 for the client, 200 in the audit log"),
        Of(".*: wire-fragment: record of get /version%23part/", "Go escapes the # in its log; the record has the target as it came"),
    ];

    private static ExpectedDifference Of(string pattern, string reason) => new(new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant), reason);
}
