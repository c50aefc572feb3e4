using DiffPlex;

namespace KubeLens.Portal.Objects;

/// <summary>Two texts line by line: what went, what came, and what stayed around it.</summary>
internal static class LineDiff
{
    /// <summary>Of either side. Beyond it nobody reads a difference, and it would take long to find.</summary>
    public const int MostLines = 20_000;

    // Kept around a change; what lies further off is folded.
    private const int Around = 3;

    /// <returns>Null when a text has too many lines to be compared.</returns>
    /// <param name="before">The older text.</param>
    /// <param name="after">The newer.</param>
    /// <param name="isWhole">Nothing is folded.</param>
    public static IReadOnlyList<DiffLine>? Of(string before, string after, bool isWhole)
    {
        if (CountOf(before) > MostLines || CountOf(after) > MostLines)
        {
            return null;
        }

        if (before.Length == 0 || after.Length == 0)
        {
            return [.. Only(before, DiffKind.Gone), .. Only(after, DiffKind.Come)];
        }

        var diff = Differ.Instance.CreateLineDiffs(before.TrimEnd('\n'), after.TrimEnd('\n'), ignoreWhitespace: false);
        var lines = new List<DiffLine>();
        var (at, shift) = (0, 0);
        foreach (var block in diff.DiffBlocks)
        {
            StayUntil(block.DeleteStartA);
            lines.AddRange(Enumerable.Range(block.DeleteStartA, block.DeleteCountA).Select(line => new DiffLine(DiffKind.Gone, line + 1, null, diff.PiecesOld[line])));
            lines.AddRange(Enumerable.Range(block.InsertStartB, block.InsertCountB).Select(line => new DiffLine(DiffKind.Come, null, line + 1, diff.PiecesNew[line])));
            at = block.DeleteStartA + block.DeleteCountA;
            shift += block.InsertCountB - block.DeleteCountA;
        }

        StayUntil(diff.PiecesOld.Count);
        return isWhole ? lines : Folded(lines);

        void StayUntil(int end) => lines.AddRange(Enumerable.Range(at, end - at).Select(line => new DiffLine(DiffKind.Same, line + 1, line + 1 + shift, diff.PiecesOld[line])));
    }

    private static int CountOf(string text) => text.AsSpan().Count('\n');

    private static IEnumerable<DiffLine> Only(string text, DiffKind kind) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n')
        .Select((line, i) => new DiffLine(kind, kind == DiffKind.Gone ? i + 1 : null, kind == DiffKind.Come ? i + 1 : null, line));

    private static List<DiffLine> Folded(List<DiffLine> lines)
    {
        var isNear = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Kind != DiffKind.Same)
            {
                Array.Fill(isNear, true, Math.Max(0, i - Around), Math.Min(lines.Count, i + Around + 1) - Math.Max(0, i - Around));
            }
        }

        var folded = new List<DiffLine>();
        for (var i = 0; i < lines.Count;)
        {
            var end = i;
            while (end < lines.Count && !isNear[end])
            {
                end++;
            }

            if (end > i)
            {
                folded.Add(new DiffLine(DiffKind.Folded, null, null, "", end - i));
                i = end;
            }
            else
            {
                folded.Add(lines[i++]);
            }
        }

        return folded;
    }
}
