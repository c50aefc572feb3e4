using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Kubelets;

/// <summary>A kubelet's settings in the form of a kubeconfig's context, which connections and credentials are made from.</summary>
internal static class KubeletContext
{
    /// <param name="cluster">Whose node it is, in the messages of failures.</param>
    /// <exception cref="KubeconfigException">A file cannot be used.</exception>
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
                    ? PemReader.Authorities(Read(plan, nameof(options.AuthorityFile), options.AuthorityFile), problem => Bad(plan, nameof(options.AuthorityFile), options.AuthorityFile, problem))
                    : null,
                TlsServerName = options.TlsServerName,
            },
            new KubeconfigUser
            {
                Name = plan.Key,
                TokenFile = options.TokenFile.Length > 0 ? Path.GetFullPath(options.TokenFile) : "",
                Certificate = options.CertificateFile.Length > 0
                    ? PemReader.Client(
                        Read(plan, nameof(options.CertificateFile), options.CertificateFile),
                        Read(plan, nameof(options.KeyFile), options.KeyFile),
                        problem => Bad(plan, nameof(options.CertificateFile), options.CertificateFile, problem),
                        problem => Bad(plan, nameof(options.KeyFile), options.KeyFile, problem))
                    : null,
            });
    }

    private static string Read(KubeletPlan plan, string key, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Bad(plan, key, file, $"cannot be read: {e.Message}");
        }
    }

    private static KubeconfigException Bad(KubeletPlan plan, string key, string file, string problem) => new($"{plan.Key}:{key} is {file}, which {problem}");
}
