using System.Collections.Frozen;
using System.Text.Json;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Capture.Policy;

/// <summary>Reads the rules: <c>Clusters:{name}:Policy</c> or <c>Cluster:Policy</c> first, then <c>Capture:Policy</c>.</summary>
internal static class PolicyReader
{
    private const string List = "Policy";
    public const string Section = $"{CaptureOptions.Section}:{List}";

    /// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
    public static PolicySet Read(IConfiguration configuration)
    {
        List<string> problems = [], warnings = [];
        List<(string, PolicyRuleOptions)> all = [];
        var general = Rules(configuration.GetSection(Section), isOwn: false);
        var own = configuration.GetSection(ClusterPlans.Section).GetChildren().Prepend(configuration.GetSection(ClusterOptions.Section))
            .Where(cluster => cluster.GetSection(List).Exists())
            .ToFrozenDictionary(cluster => cluster.Path, cluster => new CapturePolicy([.. Rules(cluster.GetSection(List), isOwn: true), .. general]), StringComparer.OrdinalIgnoreCase);
        return problems.Count == 0
            ? new PolicySet(JsonSerializer.Serialize(all.Select(rule => new { rule.Item1, rule.Item2 })), new CapturePolicy(general), own, warnings)
            : throw new ConfigurationException(problems);

        List<PolicyRule> Rules(IConfigurationSection section, bool isOwn)
        {
            if (section.Value is { Length: > 0 } value)
            {
                problems.Add($"{section.Path} is \"{value}\": give a list of rules, as [{{\"Level\":\"metadata\",\"Verbs\":[\"list\"]}}].");
            }

            List<(string Key, PolicyRuleOptions Options)> rules = [];
            foreach (var child in section.GetChildren())
            {
                var wrong = PolicyRules.Shape(child).ToList();
                var options = wrong.Count == 0 ? child.Get<PolicyRuleOptions>() ?? new PolicyRuleOptions() : null;
                problems.AddRange(options is null ? wrong : PolicyRules.Problems(child.Path, options, isOwn));
                rules.Add((child.Path, options ?? new PolicyRuleOptions()));
            }

            all.AddRange(rules);
            warnings.AddRange(PolicyRules.Warnings(rules));
            return [.. rules.Select(rule => new PolicyRule(rule.Key, CaptureLevels.Parse(rule.Options.Level) ?? CaptureLevel.RequestResponse, rule.Options))];
        }
    }
}
