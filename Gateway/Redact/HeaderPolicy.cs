namespace KubeLens.Gateway.Redact;

/// <summary>How a header's values are treated.</summary>
internal enum HeaderPolicy
{
    /// <summary>Kept, unless a value looks like a credential.</summary>
    Keep,

    /// <summary><c>Bearer x</c> → <c>Bearer &lt;redacted&gt;</c>.</summary>
    KeepScheme,

    /// <summary>A list of protocols, one of which may carry a token.</summary>
    Protocols,

    /// <summary>A request target.</summary>
    Target,

    Replace,
}

internal static class HeaderPolicies
{
    private static readonly string[] SecretParts = ["token", "secret", "password", "passwd", "credential", "api-key", "apikey", "access-key", "private-key", "authentication", "authorization", "session", "jwt", "cookie", "signature"];

    /// <param name="name">In lower case.</param>
    public static HeaderPolicy Of(string name)
    {
        switch (name)
        {
            case "accept" or "accept-encoding" or "content-type" or "content-length" or "date" or "user-agent" or "host" or "cache-control" or "audit-id" or "kubectl-command" or "kubectl-session":
                return HeaderPolicy.Keep;
            case "authorization" or "proxy-authorization":
                return HeaderPolicy.KeepScheme;
            case "sec-websocket-protocol":
                return HeaderPolicy.Protocols;
            case "location" or "referer" or "content-location":
                return HeaderPolicy.Target;
        }

        if (name.StartsWith("x-remote-", StringComparison.Ordinal))
        {
            return HeaderPolicy.Replace;
        }

        foreach (var part in SecretParts)
        {
            if (name.Contains(part, StringComparison.Ordinal))
            {
                return HeaderPolicy.Replace;
            }
        }

        return HeaderPolicy.Keep;
    }
}
