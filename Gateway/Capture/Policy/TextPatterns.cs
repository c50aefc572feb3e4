namespace KubeLens.Gateway.Capture.Policy;

/// <summary>One list of a rule. Without entries it matches everything.</summary>
internal sealed class TextPatterns(IEnumerable<string> entries)
{
    private readonly string[] _entries = [.. entries];

    public bool IsEmpty => _entries.Length == 0;

    public bool Match(string text)
    {
        foreach (var entry in _entries)
        {
            if (Wildcard.Matches(entry, text))
            {
                return true;
            }
        }

        return IsEmpty;
    }

    public bool MatchAny(IReadOnlyList<string> texts)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (Match(texts[i]))
            {
                return true;
            }
        }

        return IsEmpty;
    }
}
