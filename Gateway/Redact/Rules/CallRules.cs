using KubeLens.Gateway.Capture.Policy;
using KubeLens.Gateway.Redact.Rules.Paths;

namespace KubeLens.Gateway.Redact.Rules;

/// <summary>What the rules that match one call add to its redaction.</summary>
/// <param name="paths">Of all rules.</param>
/// <param name="matching">At least one.</param>
internal sealed class CallRules(PathAutomaton paths, IReadOnlyList<RedactRule> matching)
{
    /// <summary>Where they stand.</summary>
    public IEnumerable<string> Keys => matching.Select(rule => rule.Key);

    public PathAutomaton Paths => paths;

    /// <summary>Where an object's paths begin.</summary>
    public PathStates Start { get; } = StartOf(matching);

    public bool HasPaths => !Start.IsEmpty;

    /// <param name="name">Of a header, in lower case.</param>
    public bool RedactsHeader(string name)
    {
        foreach (var rule in matching)
        {
            foreach (var header in rule.Headers)
            {
                if (Wildcard.Matches(header, name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static PathStates StartOf(IReadOnlyList<RedactRule> rules)
    {
        var start = default(PathStates);
        foreach (var rule in rules)
        {
            start.Add(rule.Paths);
        }

        return start;
    }
}
