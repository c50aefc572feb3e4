namespace KubeLens.Gateway.Kubeconfig;

/// <summary>Reads and checks a <c>clusters</c> entry.</summary>
internal static class ClusterReader
{
    private const string ExecExtension = "client.authentication.k8s.io/exec";

    public static KubeconfigCluster Read(KubeconfigNode node, string name)
    {
        var authorities = PemField.Read(node, "certificate-authority") is { } pem ? PemReader.Authorities(node, pem) : null;
        var skip = node.Flag("insecure-skip-tls-verify");
        if (skip && authorities is not null)
        {
            throw node.Error("insecure-skip-tls-verify", "excludes certificate-authority: remove one of them.");
        }

        return new KubeconfigCluster
        {
            Name = name,
            Server = Server(node),
            Authorities = authorities,
            TlsServerName = node.Text("tls-server-name"),
            SkipTlsVerify = skip,
            Proxy = Proxy(node),
            DisableCompression = node.Flag("disable-compression"),
            ExecConfig = node.Maps("extensions").FirstOrDefault(entry => entry.Text("name") == ExecExtension)?["extension"] is { } extension ? YamlJson.Convert(extension) : null,
        };
    }

    private static Uri Server(KubeconfigNode node)
    {
        var text = node.Text("server");
        if (text.Length == 0)
        {
            throw node.Error("server", "is missing: give the address of the API server, as https://HOST:6443");
        }

        // "host:6443" parses as a URI of scheme "host", so the scheme is looked at rather than trusted to be there.
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.Host.Length == 0)
        {
            throw node.Error("server", text.Contains("://", StringComparison.Ordinal)
                ? $"\"{text}\" is not an http or https address."
                : $"\"{text}\" has no scheme: write https://{text}");
        }

        return server.UserInfo.Length == 0 && server.Query.Length == 0 && server.Fragment.Length == 0
            ? server
            : throw node.Error("server", "may hold scheme, host, port and path only; credentials belong into the user entry.");
    }

    private static Uri? Proxy(KubeconfigNode node)
    {
        var text = node.Text("proxy-url");
        if (text.Length == 0)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is ("http" or "https" or "socks5") && proxy.Host.Length > 0
            ? proxy
            : throw node.Error("proxy-url", $"\"{text}\" must be http://, https:// or socks5:// with a host.");
    }
}
