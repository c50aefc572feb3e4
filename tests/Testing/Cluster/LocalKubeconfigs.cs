using System.Text.Json;

namespace KubeLens.Testing;

/// <summary>Writes the kubeconfigs of a local apiserver.</summary>
internal sealed class LocalKubeconfigs(string folder, LocalPki pki, string address)
{
    public void WriteCertificateUser(string user)
        => Write(user, $"{{client-certificate-data: {Base64(pki.Certificate(user))}, client-key-data: {Base64(pki.Key(user))}}}");

    /// <summary>A service account, by a token from the TokenRequest API; the raw call works with every version of kubectl.</summary>
    public async Task WriteServiceAccountAsync(string name, Kubectl admin, CancellationToken cancellationToken)
    {
        const string Request = """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":86400}}""";
        var answer = await admin.RunAsync(["create", "--raw", $"/api/v1/namespaces/default/serviceaccounts/{name}/token", "-f", "-"], cancellationToken, Request);
        using var document = JsonDocument.Parse(answer.Require());
        Write(name, $"{{token: {document.RootElement.GetProperty("status").GetProperty("token").GetString()}}}");
    }

    private void Write(string user, string credential)
    {
        var authority = Base64(pki.Certificate("ca"));
        File.WriteAllText(Path.Combine(folder, $"{user}.kubeconfig"), $$$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "{{{address}}}", certificate-authority-data: {{{authority}}} }}]
            users: [{name: {{{user}}}, user: {{{credential}}} }]
            contexts: [{name: test, context: {cluster: test, user: {{{user}}} }}]
            current-context: test
            """);
    }

    private static string Base64(string file) => Convert.ToBase64String(File.ReadAllBytes(file));
}
