using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Clusters;

/// <summary>Reads which clusters there are: <c>Cluster</c> first, then its further contexts, then <c>Clusters:{name}</c>.</summary>
internal static class ClusterPlans
{
    public const string Section = "Clusters";
    private const string AllContexts = "*";

    /// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
    public static IReadOnlyList<ClusterPlan> Read(IConfiguration configuration, IdentityOptions identity, EndpointOptions endpoint)
    {
        var main = Bind(configuration.GetSection(ClusterOptions.Section), new ClusterOptions());
        List<ClusterPlan> plans = [new(ClusterOptions.Section, main.Name, "", main), .. Contexts(main), .. Further(configuration, main)];
        var problems = plans.SelectMany(plan => ClusterRules.Problems(plan, identity, endpoint)).Concat(ClusterRules.Conflicts(plans)).ToList();
        return problems.Count == 0 ? plans : throw new ConfigurationException(problems);
    }

    /// <summary>Every host name of a cluster, as far as it can be one; <see cref="Read"/> tells what is wrong with the others.</summary>
    public static IReadOnlyList<string> Hosts(IConfiguration configuration) =>
        [.. configuration.GetSection(Section).GetChildren().Prepend(configuration.GetSection(ClusterOptions.Section))
            .SelectMany(section => section.GetSection(nameof(ClusterOptions.Hosts)).Get<string[]>() ?? [])
            .Where(ClusterRules.IsHost).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<ClusterPlan> Further(IConfiguration configuration, ClusterOptions main) =>
        configuration.GetSection(Section).GetChildren().Select(section => Of(section, Bind(section, Like(main))));

    private static ClusterPlan Of(IConfigurationSection section, ClusterOptions options) =>
        new($"{Section}:{section.Key}", options.Name.Length > 0 ? options.Name : section.Key, section.Key, options);

    private static IEnumerable<ClusterPlan> Contexts(ClusterOptions main)
    {
        var names = main.Contexts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names is [AllContexts])
        {
            names = [.. KubeconfigLoader.Contexts(main.Kubeconfig)];
        }

        return names.Select(name =>
        {
            var options = Like(main);
            options.Context = name;
            return new ClusterPlan($"{ClusterOptions.Section}:{nameof(ClusterOptions.Contexts)} \"{name}\"", "", PathName(name), options);
        });
    }

    private static ClusterOptions Like(ClusterOptions main) => new()
    {
        Kubeconfig = main.Kubeconfig,
        ServiceAccountFolder = main.ServiceAccountFolder,
        Identity = main.Identity,
        ExecTimeout = main.ExecTimeout,
        Retention = main.Retention,
        RequestBodyBytes = main.RequestBodyBytes,
        ResponseBodyBytes = main.ResponseBodyBytes,
        RecordingBytes = main.RecordingBytes,
    };

    private static ClusterOptions Bind(IConfigurationSection section, ClusterOptions options)
    {
        if (section.GetValue<bool>(nameof(options.InCluster)))
        {
            options.Kubeconfig = ""; // of the cluster that it is like
        }

        section.Bind(options);
        return options;
    }

    private static string PathName(string context) => string.Concat(context.Select(c => ClusterRules.IsNameCharacter(c) ? c : '-'));
}
