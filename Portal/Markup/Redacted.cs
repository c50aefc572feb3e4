using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Markup;

/// <summary>
/// Values the gateway replaced: <c>&lt;redacted:sha-0123456789ab&gt;</c> in bodies, where equal fingerprints at one place mean
/// equal values, and <c>&lt;redacted&gt;</c> in headers and targets. What was there is not stored and cannot be revealed.
/// </summary>
internal static partial class Redacted
{
    /// <summary>Appends the text, with a chip for each replaced value.</summary>
    public static StringBuilder TextWithChips(this StringBuilder markup, ReadOnlySpan<char> text)
    {
        var start = 0;
        foreach (var match in Token().EnumerateMatches(text))
        {
            markup.Text(text[start..match.Index]);
            Chip(markup, text.Slice(match.Index, match.Length));
            start = match.Index + match.Length;
        }

        return markup.Text(text[start..]);
    }

    /// <summary>The same as <see cref="Of"/>, for a page. Pages call it without the name of this class.</summary>
    public static MarkupString Safe(string text) => (MarkupString)Of(text);

    public static string Of(string text) => new StringBuilder(text.Length + 64).TextWithChips(text).ToString();

    [GeneratedRegex("<redacted(?::sha-[0-9a-f]{12})?>", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    private static void Chip(StringBuilder markup, ReadOnlySpan<char> token)
    {
        const int BeforeFingerprint = 14;
        markup.Tag("<span class=\"redacted\" title=\"Replaced by the gateway; equal fingerprints here mean equal values\">redacted");
        if (token.Length > BeforeFingerprint)
        {
            markup.Tag(" <b>").Text(token[BeforeFingerprint..^1]).Tag("</b>");
        }

        markup.Tag("</span>");
    }
}
