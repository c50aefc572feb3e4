namespace KubeLens.Contracts.Query;

/// <summary>"Did you mean": the word a few typing mistakes away.</summary>
internal static class NearestWord
{
    private const int LongestWord = 24;

    /// <summary>The nearest word at most two edits away (one for short words), or null.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length is < 2 or > LongestWord)
        {
            return null;
        }

        var lower = word.ToLowerInvariant();
        var most = lower.Length <= 3 ? 1 : 2;
        return known
            .Select(k => (Word: k, Distance: Distance(lower, k)))
            .Where(c => c.Distance <= most && c.Distance < c.Word.Length)
            .OrderBy(c => c.Distance)
            .Select(c => c.Word)
            .FirstOrDefault();
    }

    // Optimal string alignment: insert, delete, replace, swap of neighbours.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
