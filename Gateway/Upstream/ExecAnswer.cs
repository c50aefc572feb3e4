using System.Globalization;
using System.Text.Json;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>
/// Parses what a plugin prints:
/// <c>{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"…","expirationTimestamp":"2030-01-01T00:00:00Z"}}</c>
/// or <c>clientCertificateData</c> and <c>clientKeyData</c>, PEM as text.
/// </summary>
internal static class ExecAnswer
{
    /// <param name="problem">Makes the exception for a complaint about the plugin. The output itself is never quoted: it is a credential.</param>
    public static UpstreamCredential Parse(string output, ExecConfig config, KubeconfigUser user, Func<string, CredentialException> problem)
    {
        try
        {
            using var json = JsonDocument.Parse(output);
            return Parse(json.RootElement, config, user, problem);
        }
        catch (JsonException e)
        {
            throw problem($"did not print JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine})");
        }
    }

    private static UpstreamCredential Parse(JsonElement answer, ExecConfig config, KubeconfigUser user, Func<string, CredentialException> problem)
    {
        var (kind, version) = (Text(answer, "kind"), Text(answer, "apiVersion"));
        if (kind != "ExecCredential")
        {
            throw problem($"printed an object of kind \"{kind}\" instead of ExecCredential");
        }

        if (version != config.ApiVersion)
        {
            throw problem($"answered in apiVersion \"{version}\", while the kubeconfig asks for {config.ApiVersion}: set exec.apiVersion to what the plugin speaks");
        }

        if (!answer.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object)
        {
            throw problem("printed no status");
        }

        var (token, certificate, key) = (Text(status, "token").Trim(), Text(status, "clientCertificateData"), Text(status, "clientKeyData"));
        if (token.Length == 0 && certificate.Length == 0 && key.Length == 0)
        {
            throw problem("printed neither status.token nor status.clientCertificateData");
        }

        if (certificate.Length == 0 != (key.Length == 0))
        {
            throw problem("printed only one of status.clientCertificateData and status.clientKeyData");
        }

        if (token.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw problem("printed a status.token with a line break");
        }

        var pair = certificate.Length > 0
            ? PemReader.Client(certificate, key, bad => problem("status.clientCertificateData " + bad), bad => problem("status.clientKeyData " + bad))
            : user.Certificate;
        return UpstreamCredential.Of(pair, token, Expiry(status, problem) ?? (certificate.Length > 0 ? pair!.Leaf.NotAfter.ToUniversalTime() : null));
    }

    private static DateTimeOffset? Expiry(JsonElement status, Func<string, CredentialException> problem) => Text(status, "expirationTimestamp") switch
    {
        "" => null,
        var text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
            ? expires
            : throw problem("printed a status.expirationTimestamp that is no RFC 3339 time"),
    };

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
