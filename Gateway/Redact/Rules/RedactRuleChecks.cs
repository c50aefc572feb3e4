namespace KubeLens.Gateway.Redact.Rules;

/// <summary>What must hold for a rule, in sentences that name the key and the fix.</summary>
internal static class RedactRuleChecks
{
    private const string Parts = $"{nameof(RedactRuleOptions.Clusters)}, {nameof(RedactRuleOptions.Resources)}, {nameof(RedactRuleOptions.JsonPaths)}, {nameof(RedactRuleOptions.Headers)}, {nameof(RedactRuleOptions.Action)}";

    private static readonly string[] Lists = [nameof(RedactRuleOptions.Clusters), nameof(RedactRuleOptions.Resources), nameof(RedactRuleOptions.JsonPaths), nameof(RedactRuleOptions.Headers)];

    /// <summary>Keys and kinds of values. A misspelt list would otherwise be one that is left out, and its secrets be kept.</summary>
    public static IEnumerable<string> Shape(IConfigurationSection rule)
    {
        if (rule.Value is { Length: > 0 } value)
        {
            yield return $"{rule.Path} is \"{value}\": give an object with {nameof(RedactRuleOptions.JsonPaths)} or {nameof(RedactRuleOptions.Headers)}.";
        }

        foreach (var part in rule.GetChildren())
        {
            if (!Lists.Contains(part.Key, StringComparer.OrdinalIgnoreCase))
            {
                if (!part.Key.Equals(nameof(RedactRuleOptions.Action), StringComparison.OrdinalIgnoreCase))
                {
                    yield return $"{part.Path} is no part of a rule: give {Parts}.";
                }
            }
            else if (!part.GetChildren().Any())
            {
                yield return $"{part.Path} is {(part.Value is { Length: > 0 } text ? $"\"{text}\"" : "empty")}: give a list with at least one entry, or leave it out.";
            }
        }
    }

    /// <summary>What the values may not be; paths are the parser's to check.</summary>
    public static IEnumerable<string> Problems(string key, RedactRuleOptions rule)
    {
        if (rule.JsonPaths.Count + rule.Headers.Count == 0)
        {
            yield return $"{key} redacts nothing: give {nameof(rule.JsonPaths)}, {nameof(rule.Headers)} or both.";
        }

        if (RedactActions.Parse(rule.Action) is null)
        {
            yield return $"{key}:{nameof(rule.Action)} is \"{rule.Action}\": give {RedactActions.Words}.";
        }

        for (var i = 0; i < rule.Clusters.Count; i++)
        {
            if (rule.Clusters[i].Length == 0)
            {
                yield return $"{key}:{nameof(rule.Clusters)}:{i} is empty: give the name of a cluster, * in it for any characters.";
            }
        }

        for (var i = 0; i < rule.Resources.Count; i++)
        {
            var resource = rule.Resources[i];
            if (resource.Contains('/', StringComparison.Ordinal))
            {
                yield return $"{key}:{nameof(rule.Resources)}:{i} is \"{resource}\": subresources are included, give the resource alone, as widgets.example.com.";
            }
            else if (resource.Length == 0 || resource[0] == '.' || resource[^1] == '.' || !resource.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '*'))
            {
                yield return $"{key}:{nameof(rule.Resources)}:{i} is \"{resource}\": give the plural name in lower case, and the group after a dot, as widgets.example.com.";
            }
        }

        for (var i = 0; i < rule.Headers.Count; i++)
        {
            if (rule.Headers[i].Length == 0 || !rule.Headers[i].All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
            {
                yield return $"{key}:{nameof(rule.Headers)}:{i} is \"{rule.Headers[i]}\": give the name of a header, * in it for any characters, as X-*-Token.";
            }
        }
    }
}
