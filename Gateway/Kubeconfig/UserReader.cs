using System.Buffers;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>Reads and checks a <c>users</c> entry.</summary>
internal static class UserReader
{
    private static readonly SearchValues<char> Unsendable = SearchValues.Create("\r\n\0");

    public static KubeconfigUser Read(KubeconfigNode node, string name)
    {
        if (node["auth-provider"] is not null)
        {
            throw node.Error("auth-provider", "was removed from Kubernetes 1.26. Use the exec plugin of your provider instead (gke-gcloud-auth-plugin, kubelogin).");
        }

        var user = new KubeconfigUser
        {
            Name = name,
            Certificate = Certificate(node),
            Token = Sendable(node, "token"),
            TokenFile = node.Text("tokenFile") is { Length: > 0 } file ? node.Resolve(file) : "",
            Username = node.Text("username"),
            Password = node.Text("password"),
            Exec = node.Map("exec") is { } exec ? ExecReader.Read(exec) : null,
            Impersonation = Impersonation(node),
        };
        return user.Username.Length > 0 && (user.Token.Length > 0 || user.TokenFile.Length > 0)
            ? throw node.Error("username", "excludes token and tokenFile: a call can carry one of them. Remove the others.")
            : user;
    }

    private static ClientCertificate? Certificate(KubeconfigNode node) =>
        (PemField.Read(node, "client-certificate"), PemField.Read(node, "client-key")) switch
        {
            (null, null) => null,
            ({ } certificate, { } key) => PemReader.Client(node, certificate, key),
            (null, _) => throw node.Error("client-certificate", "is missing, though there is a client-key. Give both or neither."),
            (_, null) => throw node.Error("client-key", "is missing, though there is a client-certificate. Give both or neither."),
        };

    private static Impersonation? Impersonation(KubeconfigNode node)
    {
        var user = Sendable(node, "as");
        var uid = Sendable(node, "as-uid");
        var groups = node.Texts("as-groups");
        var extra = node.Map("as-user-extra");
        if (user.Length > 0)
        {
            return groups.Any(group => group.AsSpan().ContainsAny(Unsendable))
                ? throw node.Error("as-groups", "holds a line break.")
                : new Impersonation(user, uid, groups, Extra(extra));
        }

        return uid.Length > 0 || groups.Count > 0 || extra is not null
            ? throw node.Error("as", "is missing, though as-uid, as-groups or as-user-extra is there. Name the user to act as.")
            : null;
    }

    private static List<KeyValuePair<string, IReadOnlyList<string>>> Extra(KubeconfigNode? extra)
    {
        var pairs = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach (var key in extra?.Keys ?? [])
        {
            var values = extra!.Texts(key);
            if (values.Any(value => value.AsSpan().ContainsAny(Unsendable)))
            {
                throw extra.Error(key, "holds a line break.");
            }

            pairs.Add(new(key, values));
        }

        return pairs;
    }

    // What goes into a header may hold no line break; a trailing one, from a file pasted whole, is forgiven.
    private static string Sendable(KubeconfigNode node, string field)
    {
        var text = node.Text(field).Trim();
        return text.AsSpan().ContainsAny(Unsendable) ? throw node.Error(field, "holds a line break: put it on one line.") : text;
    }
}
