namespace KubeLens.Gateway.Capture.Policy;

/// <summary>The rules for the calls of one cluster, in their order.</summary>
internal sealed class CapturePolicy(IReadOnlyList<PolicyRule> rules)
{
    private readonly PolicyRule[] _rules = [.. rules];

    public bool IsEmpty => _rules.Length == 0;

    /// <summary>The first rule that matches; null where none does and everything is kept.</summary>
    public PolicyRule? Find(in PolicyCall call)
    {
        foreach (var rule in _rules)
        {
            if (rule.Matches(call))
            {
                return rule;
            }
        }

        return null;
    }
}
