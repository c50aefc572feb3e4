using YamlDotNet.Core;

namespace KubeLens.Portal.AccessReview;

/// <summary>Reads Roles and ClusterRoles, and lists of them, as YAML or JSON. Other objects beside them are left out.</summary>
internal static class PastedRole
{
    /// <summary>Most rights of all rules together, names included.</summary>
    public const int MaxRights = 20_000;

    /// <param name="text">Whatever was pasted.</param>
    /// <param name="problem">Why there are no rules; empty where there are.</param>
    public static IReadOnlyList<PastedRule> Read(string text, out string problem)
    {
        try
        {
            var rules = new List<PastedRule>();
            var roles = PastedYaml.Documents(text).Sum(document => Take(document, rules));
            problem = roles == 0 ? "There is no Role or ClusterRole in it."
                : rules.Sum(Rights) > MaxRights ? $"It has more than {MaxRights:N0} rights, too many to compare."
                : "";
            return problem.Length == 0 ? rules : [];
        }
        catch (Exception e) when (e is YamlException or FormatException)
        {
            problem = $"It cannot be read: {e.Message}";
            return [];
        }
    }

    private static int Take(object? document, List<PastedRule> rules)
    {
        if (document is not Dictionary<string, object?> map)
        {
            return 0;
        }

        if (map.GetValueOrDefault("items") is List<object?> items)
        {
            return items.Sum(item => Take(item, rules));
        }

        if (map.GetValueOrDefault("kind") is not ("Role" or "ClusterRole"))
        {
            return 0;
        }

        var space = map["kind"] is "Role" && (map.GetValueOrDefault("metadata") as Dictionary<string, object?>)?.GetValueOrDefault("namespace") is string name ? name : "";
        foreach (var rule in (map.GetValueOrDefault("rules") as List<object?> ?? []).OfType<Dictionary<string, object?>>())
        {
            rules.Add(new PastedRule(space, Texts(rule, "apiGroups"), Texts(rule, "resources"), Texts(rule, "resourceNames"), Texts(rule, "nonResourceURLs"), Texts(rule, "verbs")));
        }

        return 1;
    }

    private static IReadOnlyList<string> Texts(Dictionary<string, object?> rule, string key) => [.. (rule.GetValueOrDefault(key) as List<object?> ?? []).OfType<string>()];

    private static long Rights(PastedRule rule) => ((long)rule.ApiGroups.Count * rule.Resources.Count * Math.Max(1, rule.ResourceNames.Count) + rule.Paths.Count) * rule.Verbs.Count;
}
