using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Connect;

/// <summary>
/// The kubeconfig that points at the gateway, <c>$KUBELENS_HOME/kubeconfig</c>: trusts its authority and carries a client
/// certificate for the local user, with a context for every cluster. It is the only place of that certificate's key.
/// </summary>
internal sealed class IssuedKubeconfig(IOptions<EndpointOptions> options, GatewayPki pki, TimeProvider clock, ILogger<IssuedKubeconfig> logger)
{
    public const string Group = "kubelens";

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
    /// <param name="entries">The first is the current one.</param>
    /// <returns>Whether it wrote.</returns>
    public bool Write(IReadOnlyList<KubeconfigEntry> entries)
    {
        var user = UserName(Environment.UserName);
        var state = pki.Current;
        if (Serves(entries, user, state))
        {
            return false;
        }

        var text = KubeconfigWriter.Compose("Written by the KubeLens gateway, which renews it. Calls made with it are recorded.", state.AuthorityPem, pki.IssueClient(user, [Group], CertificateLife.Client, Environment.UserName), entries);
        try
        {
            Directory.CreateDirectory(options.Value.Home);
            PrivateFiles.Write(Path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GatewayPkiException($"{Path}: cannot be written ({e.Message.TrimEnd('.')}). Make the folder writable, or set Gateway:Home to another one.", e);
        }

        logger.KubeconfigWritten(Path, string.Join(", ", entries.Select(entry => entry.Context)), entries[0].Server);
        return true;
    }

    private bool Serves(IReadOnlyList<KubeconfigEntry> entries, string user, PkiState state)
    {
        if (!File.Exists(Path))
        {
            return false;
        }

        try
        {
            PrivateFiles.Close(Path);
            return KubeconfigLoader.Contexts([Path]).SequenceEqual(entries.Select(entry => entry.Context))
                && entries.All(entry => Serves(KubeconfigLoader.Load([Path], entry.Context), entry, user, state));
        }
        catch (Exception e) when (e is KubeconfigException or IOException or UnauthorizedAccessException)
        {
            logger.KubeconfigReplaced(Path, e.Message);
            return false;
        }
    }

    private bool Serves(KubeconfigContext present, KubeconfigEntry entry, string user, PkiState state) =>
        present.Namespace == entry.Namespace
        && present.Cluster.Server.AbsoluteUri.TrimEnd('/') == entry.Server
        && present.Cluster.TlsServerName == entry.TlsServerName
        && present.Cluster.Authorities is [var authority] && authority.RawData.AsSpan().SequenceEqual(state.Authority.RawData)
        && present.User.Certificate is { Leaf: var leaf } && CertificateLife.IsFresh(leaf, clock.GetUtcNow())
        && CertificateIdentity.Read(leaf.SubjectName).User == user
        && state.Issued(leaf, clock.GetUtcNow())
        && pki.Issued.Read().Any(issued => issued.Serial == leaf.SerialNumber && issued.RevokedAt is null);
}
