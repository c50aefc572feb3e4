using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Connect.Commands;

/// <summary>A cluster as a command's <c>--cluster</c> names it.</summary>
/// <param name="Key">Where its settings stand; empty for another context of the kubeconfig.</param>
/// <param name="Name">As in records.</param>
internal readonly record struct NamedCluster(string Key, string Name)
{
    /// <summary>As <see cref="ClusterPlans"/> names them. What cannot be read of a kubeconfig leaves the name out: only a rule with <c>Clusters</c> needs it.</summary>
    /// <param name="configuration">All settings.</param>
    /// <param name="cluster">Null for the one of section <c>Cluster</c>.</param>
    public static NamedCluster Of(IConfiguration configuration, string? cluster)
    {
        var further = configuration.GetSection(ClusterPlans.Section).GetChildren()
            .Select(section => (section.Path, Name: section[nameof(ClusterOptions.Name)] is { Length: > 0 } name ? name : section.Key, section.Key))
            .FirstOrDefault(one => one.Name == cluster || one.Key.Equals(cluster, StringComparison.OrdinalIgnoreCase));
        if (further.Path is not null)
        {
            return new NamedCluster(further.Path, further.Name);
        }

        // Another context of the kubeconfig has the general rules only.
        var main = OfKubeconfig(configuration.GetSection(ClusterOptions.Section));
        return cluster is null || cluster == main ? new NamedCluster(ClusterOptions.Section, main) : new NamedCluster("", cluster);
    }

    private static string OfKubeconfig(IConfigurationSection section)
    {
        var options = section.Get<ClusterOptions>() ?? new ClusterOptions();
        try
        {
            return options.Name.Length > 0 ? options.Name : KubeconfigLoader.Load(KubeconfigSources.Find(options.Kubeconfig), options.Context).Cluster.Name;
        }
        catch (KubeconfigException)
        {
            return "";
        }
    }
}
