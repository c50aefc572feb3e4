using KubeLens.Gateway.Clusters;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Kubelets;

/// <summary>Reads which kubelets there are, and checks what must hold for them.</summary>
internal static class KubeletPlans
{
    /// <param name="clusters">Those that are served.</param>
    /// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
    public static IReadOnlyList<KubeletPlan> Read(IConfiguration configuration, ClusterSet clusters)
    {
        var plans = configuration.GetSection(KubeletOptions.Section).GetChildren()
            .Select(section => new KubeletPlan(section.Key, section.Get<KubeletOptions>() ?? new KubeletOptions())).ToList();
        var problems = plans.SelectMany(plan => Problems(plan, clusters)).Concat(Conflicts(plans)).ToList();
        return problems.Count == 0 ? plans : throw new ConfigurationException(problems);
    }

    /// <summary>Every host name of a kubelet, as far as it can be one.</summary>
    public static IEnumerable<string> Hosts(IConfiguration configuration) =>
        configuration.GetSection(KubeletOptions.Section).GetChildren()
            .SelectMany(section => section.GetSection(nameof(KubeletOptions.Hosts)).Get<string[]>() ?? []).Where(ClusterRules.IsHost);

    private static IEnumerable<string> Problems(KubeletPlan plan, ClusterSet clusters)
    {
        var (key, options) = (plan.Key, plan.Options);
        if (!plan.Node.All(ClusterRules.IsNameCharacter))
        {
            yield return $"{key}: \"{plan.Node}\" is no node's name.";
        }

        if (!Uri.TryCreate(options.Address, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.PathAndQuery != "/" || address.UserInfo.Length > 0)
        {
            yield return $"{key}:{nameof(options.Address)} is \"{options.Address}\": give the kubelet's address, as https://{plan.Node}:10250.";
        }

        if (options.CertificateFile.Length > 0 != options.KeyFile.Length > 0)
        {
            yield return $"{key}:{nameof(options.CertificateFile)} and {key}:{nameof(options.KeyFile)} belong together: give both or neither.";
        }

        if (options.CertificateFile.Length > 0 && options.TokenFile.Length > 0)
        {
            yield return $"{key}:{nameof(options.CertificateFile)} and {key}:{nameof(options.TokenFile)} are both set: the kubelet would look at the certificate only. Give one of them.";
        }

        if (KubeletCatalog.ClusterOf(plan, clusters) is null)
        {
            yield return $"{key}:{nameof(options.Cluster)} is \"{options.Cluster}\": there is no such cluster in {ClusterPlans.Section}. Leave it out for the one of Cluster.";
        }

        foreach (var host in options.Hosts)
        {
            if (!ClusterRules.IsHost(host))
            {
                yield return $"{key}:{nameof(options.Hosts)} has \"{host}\": give a host name, without scheme and port.";
            }
            else if (clusters.ByHost(host) is { } cluster)
            {
                yield return $"{key}:{nameof(options.Hosts)} and {cluster.Plan.Key}:Hosts both have \"{host}\": a host name means one of them.";
            }
        }
    }

    private static IEnumerable<string> Conflicts(IReadOnlyList<KubeletPlan> plans) =>
        plans.SelectMany(plan => plan.Options.Hosts.Select(host => (Host: host, plan.Key))).GroupBy(pair => pair.Host, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(same => $"{string.Join(" and ", same.Select(pair => $"{pair.Key}:{nameof(KubeletOptions.Hosts)}"))} both have \"{same.Key}\": a host name means one kubelet.");
}
