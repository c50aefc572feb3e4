using System.Text.Json;
using KubeLens.Gateway.Redact.Rules.Paths;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Redact.Rules;

/// <summary>Reads <c>Redact:Rules</c>.</summary>
internal static class RedactRuleReader
{
    public const string Section = $"{RedactOptions.Section}:Rules";

    /// <exception cref="ConfigurationException">Each problem with its key and its fix.</exception>
    public static RedactRuleSet Read(IConfiguration configuration)
    {
        List<string> problems = [];
        List<RedactRuleOptions> all = [];
        List<RedactRule> rules = [];
        var paths = new PathAutomaton();
        var section = configuration.GetSection(Section);
        if (section.Value is { Length: > 0 } value)
        {
            problems.Add($"{section.Path} is \"{value}\": give a list of rules, as [{{\"Resources\":[\"widgets.example.com\"],\"JsonPaths\":[\"$.spec.password\"]}}].");
        }

        foreach (var child in section.GetChildren())
        {
            var wrong = RedactRuleChecks.Shape(child).ToList();
            problems.AddRange(wrong);
            if (wrong.Count == 0)
            {
                var options = child.Get<RedactRuleOptions>() ?? new RedactRuleOptions();
                problems.AddRange(RedactRuleChecks.Problems(child.Path, options));
                all.Add(options);
                rules.Add(new RedactRule(child.Path, options, Compile(child.Path, options, paths, problems)));
            }
        }

        return problems.Count == 0 ? new RedactRuleSet(JsonSerializer.Serialize(all), rules, paths) : throw new ConfigurationException(problems);
    }

    private static PathStates Compile(string key, RedactRuleOptions options, PathAutomaton paths, List<string> problems)
    {
        var states = default(PathStates);
        var action = RedactActions.Parse(options.Action) ?? RedactAction.Fingerprint;
        for (var i = 0; i < options.JsonPaths.Count; i++)
        {
            var setting = $"{key}:{nameof(options.JsonPaths)}:{i}";
            try
            {
                var state = paths.Add(JsonPathParser.Parse(options.JsonPaths[i]), action);
                if (state < 0)
                {
                    problems.Add($"{setting} is \"{options.JsonPaths[i]}\", with which all paths have more than {PathStates.Capacity} steps together: name fewer places, with .. or *.");
                    return states;
                }

                states.Add(state);
            }
            catch (JsonPathException e)
            {
                problems.Add($"{setting} is \"{options.JsonPaths[i]}\", {e.Message}.");
            }
        }

        return states;
    }
}
