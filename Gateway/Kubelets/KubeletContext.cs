using KubeLens.Gateway.Kubeconfig;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Kubelets;

/// <summary>A kubelet's settings in the form of a kubeconfig's context, which connections and credentials are made from.</summary>
internal static class KubeletContext
{
    /// <param name="cluster">Whose node it is, in the messages of failures.</param>
    /// <exception cref="ConfigurationException">A file cannot be used.</exception>
    public static KubeconfigContext Of(KubeletPlan plan, string cluster)
    {
        var options = plan.Options;
        var name = $"node {plan.Node} of {cluster}";
        return new KubeconfigContext(
            name,
            "",
            new KubeconfigCluster
            {
                Name = name,
                Server = new Uri(options.Address),
                Authorities = options.AuthorityFile.Length > 0
                    ? PemReader.Authorities(Pem(plan, nameof(options.AuthorityFile), options.AuthorityFile))
                    : null,
                TlsServerName = options.TlsServerName,
            },
            new KubeconfigUser
            {
                Name = plan.Key,
                TokenFile = options.TokenFile.Length > 0 ? Path.GetFullPath(options.TokenFile) : "",
                Certificate = options.CertificateFile.Length > 0
                    ? PemReader.Client(Pem(plan, nameof(options.CertificateFile), options.CertificateFile), Pem(plan, nameof(options.KeyFile), options.KeyFile))
                    : null,
            });
    }

    private static PemFile Pem(KubeletPlan plan, string key, string file) => new($"{plan.Key}:{key}", file);
}
