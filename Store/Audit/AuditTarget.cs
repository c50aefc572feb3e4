using KubeLens.Store.Database;

namespace KubeLens.Store.Audit;

/// <summary>
/// A <c>requestURI</c> without what may be a secret. The apiserver logs it as it was sent, and only the gateway knows credentials when it sees
/// them, so here values are kept of the parameters that Kubernetes itself defines and reads no secrets from; everything else, and whatever
/// follows <c>/proxy/</c>, becomes <c>&lt;redacted&gt;</c>.
/// </summary>
/// <param name="Path">Escapes kept.</param>
/// <param name="Query">Without <c>?</c>.</param>
internal sealed record AuditTarget(string Path, string Query)
{
    public const string Redacted = "<redacted>";

    private const string Proxy = "/proxy/";

    // https://kubernetes.io/docs/reference/kubernetes-api/common-parameters/common-parameters/, and those of logs and sessions. No continue: it holds keys of etcd.
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "allowWatchBookmarks", "dryRun", "fieldManager", "fieldSelector", "fieldValidation", "force", "gracePeriodSeconds", "labelSelector", "limit", "orphanDependents", "pretty",
        "propagationPolicy", "resourceVersion", "resourceVersionMatch", "sendInitialEvents", "timeout", "timeoutSeconds", "watch",
        "container", "follow", "insecureSkipTLSVerifyBackend", "limitBytes", "ports", "previous", "sinceSeconds", "sinceTime", "stderr", "stdin", "stdout", "tailLines", "timestamps", "tty",
    };

    public static AuditTarget Of(string requestUri)
    {
        var mark = requestUri.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (requestUri, "") : (requestUri[..mark], requestUri[(mark + 1)..]);
        return new AuditTarget(StoredText.Fit(RedactPath(path), StoredText.PlainBytes), StoredText.Fit(RedactQuery(query), StoredText.PlainBytes));
    }

    /// <summary>Whether both may be the same: what one of them hides is taken for equal.</summary>
    public bool Agrees(string path, string query) => Agree(Path.Split('/'), path.Split('/')) && Agree(Query.Split('&'), query.Split('&'));

    private static bool Agree(string[] ours, string[] theirs) => ours.Length == theirs.Length && ours.Zip(theirs).All(pair => Agree(pair.First, pair.Second));

    private static bool Agree(string ours, string theirs)
    {
        if (ours == theirs || ours == Redacted || theirs == Redacted)
        {
            return true;
        }

        // The gateway hides a part of a value, too.
        return Hides(ours) || Hides(theirs) ? Split(ours).Name == Split(theirs).Name : Uri.UnescapeDataString(ours) == Uri.UnescapeDataString(theirs);
    }

    private static bool Hides(string text) => text.Contains(Redacted, StringComparison.Ordinal);

    private static (string Name, string Value) Split(string parameter)
    {
        var equal = parameter.IndexOf('=', StringComparison.Ordinal);
        return equal < 0 ? (parameter, "") : (parameter[..equal], parameter[(equal + 1)..]);
    }

    private static string RedactPath(string path)
    {
        var proxied = path.IndexOf(Proxy, StringComparison.Ordinal);
        if (proxied < 0)
        {
            return path;
        }

        var kept = proxied + Proxy.Length;
        return path[..kept] + string.Join('/', path[kept..].Split('/').Select(segment => segment.Length == 0 ? "" : Redacted));
    }

    private static string RedactQuery(string query) => query.Length == 0 ? "" : string.Join('&', query.Split('&').Select(parameter =>
    {
        var (name, value) = Split(parameter);
        return value.Length == 0 || Kept.Contains(name) ? parameter : $"{name}={Redacted}";
    }));
}
