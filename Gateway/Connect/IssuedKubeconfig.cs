using System.Text;
using System.Text.Json;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Connect;

/// <summary>
/// The kubeconfig that points at the gateway, <c>$KUBELENS_HOME/kubeconfig</c>: trusts its authority and carries a client
/// certificate for the local user. It is the only place of that certificate's key.
/// </summary>
internal sealed class IssuedKubeconfig(IOptions<EndpointOptions> options, GatewayPki pki, KubeconfigContext upstream, TimeProvider clock, ILogger<IssuedKubeconfig> logger)
{
    public const string Group = "kubelens";
    private const string EntryName = "kubelens";

    public string Path => options.Value.IssuedKubeconfig;

    /// <summary>The local user, in the form that a certificate takes: names that Kubernetes keeps to itself lose their prefix.</summary>
    public static string UserName(string local)
    {
        const string Reserved = "system:";
        while (local.StartsWith(Reserved, StringComparison.Ordinal))
        {
            local = local[Reserved.Length..];
        }

        return local.Length switch { 0 => "local", > 64 => local[..64], _ => local };
    }

    /// <summary>Writes the file unless the one that is there still serves.</summary>
    /// <returns>Whether it wrote.</returns>
    public bool Write(int port)
    {
        var server = $"https://127.0.0.1:{port}";
        var user = UserName(Environment.UserName);
        var state = pki.Current;
        if (Serves(server, user, state))
        {
            return false;
        }

        var text = Compose(server, state.AuthorityPem, pki.IssueClient(user, Group));
        try
        {
            Directory.CreateDirectory(options.Value.Home);
            PrivateFile.Write(Path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GatewayPkiException($"{Path}: cannot be written ({e.Message.TrimEnd('.')}). Make the folder writable, or set Gateway:Home to another one.", e);
        }

        logger.KubeconfigWritten(Path, upstream.Name, server);
        return true;
    }

    private bool Serves(string server, string user, PkiState state)
    {
        if (!File.Exists(Path))
        {
            return false;
        }

        try
        {
            PrivateFile.Close(Path);
            var present = KubeconfigLoader.Load([Path], null);
            return present.Name == upstream.Name && present.Namespace == upstream.Namespace
                && present.Cluster.Server.AbsoluteUri.TrimEnd('/') == server
                && present.Cluster.Authorities is [var authority] && authority.RawData.AsSpan().SequenceEqual(state.Authority.RawData)
                && present.User.Certificate is { Leaf: var leaf } && CertificateLife.IsFresh(leaf, clock.GetUtcNow())
                && CertificateIdentity.Read(leaf.SubjectName).User == user
                && state.Issued(leaf, clock.GetUtcNow());
        }
        catch (Exception e) when (e is KubeconfigException or IOException or UnauthorizedAccessException)
        {
            logger.KubeconfigReplaced(Path, e.Message);
            return false;
        }
    }

    // YAML takes JSON strings as they are, so names need no quoting rules of their own.
    private string Compose(string server, string authorityPem, IssuedCertificate client) => $"""
        # Written by the KubeLens gateway, which renews it. Calls made with it are recorded.
        apiVersion: v1
        kind: Config
        clusters:
        - name: {EntryName}
          cluster:
            server: {server}
            certificate-authority-data: {Base64(authorityPem)}
        users:
        - name: {EntryName}
          user:
            client-certificate-data: {Base64(client.CertificatePem)}
            client-key-data: {Base64(client.KeyPem)}
        contexts:
        - name: {JsonSerializer.Serialize(upstream.Name)}
          context:
            cluster: {EntryName}
            user: {EntryName}{(upstream.Namespace.Length > 0 ? $"\n    namespace: {JsonSerializer.Serialize(upstream.Namespace)}" : "")}
        current-context: {JsonSerializer.Serialize(upstream.Name)}

        """;

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
}
