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
    /// <param name="server">The gateway's address.</param>
    /// <param name="context">Name of its one context.</param>
    /// <param name="ns">The context's namespace; empty for none.</param>
    /// <param name="tlsServerName">See <see cref="EndpointOptions.TlsServerName"/>.</param>
    // YAML takes JSON strings as they are, so names need no quoting rules of their own.
    public static string Compose(string first, string server, string authorityPem, string context, string ns, IssuedCertificate client, string tlsServerName) => $"""
        # {first}
        apiVersion: v1
        kind: Config
        clusters:
        - name: {EntryName}
          cluster:
            server: {server}{(tlsServerName.Length > 0 ? $"\n    tls-server-name: {tlsServerName}" : "")}
            certificate-authority-data: {Base64(authorityPem)}
        users:
        - name: {EntryName}
          user:
            client-certificate-data: {Base64(client.CertificatePem)}
            client-key-data: {Base64(client.KeyPem)}
        contexts:
        - name: {JsonSerializer.Serialize(context)}
          context:
            cluster: {EntryName}
            user: {EntryName}{(ns.Length > 0 ? $"\n    namespace: {JsonSerializer.Serialize(ns)}" : "")}
        current-context: {JsonSerializer.Serialize(context)}

        """;

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
}
