using System.Text;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>What stands in the kubeconfig itself: certificate, token, name and password, or nothing.</summary>
internal sealed class FixedCredentialSource(KubeconfigUser user) : ICredentialSource
{
    private readonly UpstreamCredential _credential = user.Username.Length > 0 && user.Token.Length == 0 ? Basic(user) : UpstreamCredential.Of(user.Certificate, user.Token);

    public bool CertificateRotates => false;

    public ValueTask<UpstreamCredential> GetAsync(CancellationToken cancellationToken) => new(_credential);

    public void Reject(UpstreamCredential credential)
    {
        // There is no other.
    }

    private static UpstreamCredential Basic(KubeconfigUser user)
    {
        var header = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.Username}:{user.Password}"));
        return user.Certificate is null
            ? new UpstreamCredential(header, null, new UpstreamIdentity(user.Username, UserGroups.Authenticated([]), UserSources.Kubeconfig))
            : UpstreamCredential.Of(user.Certificate, "") with { Authorization = header };
    }
}
