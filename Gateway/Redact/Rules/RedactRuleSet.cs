using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact.Rules.Paths;

namespace KubeLens.Gateway.Redact.Rules;

/// <summary>All rules of a moment.</summary>
/// <param name="Stamp">Same for the same settings.</param>
/// <param name="Rules">In their order, which does not matter: each adds.</param>
/// <param name="Paths">Of all of them.</param>
internal sealed record RedactRuleSet(string Stamp, IReadOnlyList<RedactRule> Rules, PathAutomaton Paths)
{
    /// <summary>Null where no rule matches.</summary>
    public CallRules? For(string cluster, RequestInfo info)
    {
        List<RedactRule>? matching = null;
        for (var i = 0; i < Rules.Count; i++)
        {
            if (Rules[i].Matches(cluster, info))
            {
                (matching ??= []).Add(Rules[i]);
            }
        }

        return matching is null ? null : new CallRules(Paths, matching);
    }
}
