namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>What differs between two texts, line by line.</summary>
internal static class LineDifference
{
    private const int MostLines = 40;

    /// <returns>Lines of the one alone with a minus, of the other alone with a plus, in their order; at most forty.</returns>
    public static IReadOnlyList<string> Of(string one, string other)
    {
        var (left, right) = (one.Split('\n'), other.Split('\n'));
        var common = Common(left, right);
        var lines = new List<string>();
        for (int i = 0, j = 0; i < left.Length || j < right.Length;)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (j >= right.Length || (i < left.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add($"- {left[i++]}");
            }
            else
            {
                lines.Add($"+ {right[j++]}");
            }
        }

        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), $"… and {lines.Count - MostLines} more"];
    }

    // The longest common subsequence of the two from each pair of places on.
    private static int[,] Common(string[] left, string[] right)
    {
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
