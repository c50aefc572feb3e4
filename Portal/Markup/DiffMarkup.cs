using System.Globalization;
using System.Text;
using KubeLens.Portal.Objects;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Markup;

/// <summary>Lines of a difference as one markup string, with signs beside the colours.</summary>
internal static class DiffMarkup
{
    // A longer line is cut: the page stays readable whatever an object holds.
    private const int LongestLine = 2_000;

    /// <summary>One column: what went above what came.</summary>
    public static string Unified(IReadOnlyList<DiffLine> lines)
    {
        var markup = new StringBuilder(lines.Count * 120);
        foreach (var line in lines)
        {
            markup.Tag("<span class=\"line ").Tag(Css(line.Kind)).Tag("\">");
            if (line.Kind != DiffKind.Folded)
            {
                Number(markup, line.Before);
                Number(markup, line.After);
            }

            Content(markup, line);
            markup.Tag("\n</span>");
        }

        return markup.ToString();
    }

    /// <summary>Two columns, what stands in the place of what beside it.</summary>
    public static string Split(IReadOnlyList<DiffLine> lines)
    {
        var markup = new StringBuilder(lines.Count * 160);
        for (var i = 0; i < lines.Count;)
        {
            if (lines[i].Kind is DiffKind.Same or DiffKind.Folded)
            {
                Pair(markup, lines[i], lines[i]);
                i++;
                continue;
            }

            var gone = Run(lines, i, DiffKind.Gone);
            var come = Run(lines, i + gone, DiffKind.Come);
            for (var row = 0; row < Math.Max(gone, come); row++)
            {
                Pair(markup, row < gone ? lines[i + row] : null, row < come ? lines[i + gone + row] : null);
            }

            i += gone + come;
        }

        return markup.ToString();
    }

    private static int Run(IReadOnlyList<DiffLine> lines, int start, DiffKind kind)
    {
        var end = start;
        while (end < lines.Count && lines[end].Kind == kind)
        {
            end++;
        }

        return end - start;
    }

    private static void Pair(StringBuilder markup, DiffLine? left, DiffLine? right)
    {
        markup.Tag("<span class=\"pair\">");
        Side(markup, left, left?.Before);
        Side(markup, right, right?.After);
        markup.Tag("</span>");
    }

    private static void Side(StringBuilder markup, DiffLine? line, int? number)
    {
        markup.Tag("<span class=\"line ").Tag(line is null ? "void" : Css(line.Kind)).Tag("\">");
        if (line is not null)
        {
            if (line.Kind != DiffKind.Folded)
            {
                Number(markup, number);
            }

            Content(markup, line);
        }

        markup.Tag("\n</span>");
    }

    private static void Content(StringBuilder markup, DiffLine line)
    {
        if (line.Kind == DiffKind.Folded)
        {
            markup.Append(Show.Count(line.Count, "unchanged line", "unchanged lines"));
            return;
        }

        markup.Tag("<span class=\"sign\">").Tag(line.Kind switch { DiffKind.Gone => "-", DiffKind.Come => "+", _ => " " }).Tag("</span>");
        markup.TextWithChips(line.Text.AsSpan(0, Math.Min(line.Text.Length, LongestLine)));
        if (line.Text.Length > LongestLine)
        {
            markup.Append(CultureInfo.InvariantCulture, $"<span class=\"cut\">… {line.Text.Length - LongestLine:N0} more characters</span>");
        }
    }

    private static void Number(StringBuilder markup, int? number)
        => markup.Tag("<span class=\"no\" aria-hidden=\"true\">").Append(number?.ToString(CultureInfo.InvariantCulture)).Tag("</span>");

    private static string Css(DiffKind kind) => kind switch
    {
        DiffKind.Gone => "gone",
        DiffKind.Come => "come",
        DiffKind.Folded => "fold",
        _ => "same",
    };
}
