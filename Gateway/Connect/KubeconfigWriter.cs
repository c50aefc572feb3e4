using System.Text;
using System.Text.Json;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Issued;

namespace KubeLens.Gateway.Connect;

/// <summary>A kubeconfig that points at the gateway, as text.</summary>
internal static class KubeconfigWriter
{
    private const string EntryName = "kubelens";

    /// <param name="first">What the comment in its first line says.</param>
    /// <param name="entries">The first is the current context; all have one user.</param>
    // YAML takes JSON strings as they are, so names need no quoting rules of their own.
    public static string Compose(string first, string authorityPem, IssuedCertificate client, params IReadOnlyList<KubeconfigEntry> entries) => $"""
        # {first}
        apiVersion: v1
        kind: Config
        clusters:
        {string.Join('\n', entries.Select((entry, i) => Cluster(i, entry, Base64(authorityPem))))}
        users:
        - name: {EntryName}
          user:
            client-certificate-data: {Base64(client.CertificatePem)}
            client-key-data: {Base64(client.KeyPem)}
        contexts:
        {string.Join('\n', entries.Select((entry, i) => Context(i, entry)))}
        current-context: {JsonSerializer.Serialize(entries[0].Context)}

        """;

    private static string Cluster(int index, KubeconfigEntry entry, string authority) => $"""
        - name: {Name(index)}
          cluster:
            server: {entry.Server}{(entry.TlsServerName.Length > 0 ? $"\n    tls-server-name: {entry.TlsServerName}" : "")}
            certificate-authority-data: {authority}
        """;

    private static string Context(int index, KubeconfigEntry entry) => $"""
        - name: {JsonSerializer.Serialize(entry.Context)}
          context:
            cluster: {Name(index)}
            user: {EntryName}{(entry.Namespace.Length > 0 ? $"\n    namespace: {JsonSerializer.Serialize(entry.Namespace)}" : "")}
        """;

    private static string Name(int index) => index == 0 ? EntryName : $"{EntryName}-{index + 1}";

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
}
