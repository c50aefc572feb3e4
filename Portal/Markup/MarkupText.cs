using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace KubeLens.Portal.Markup;

/// <summary>
/// The one way recorded text becomes markup. Everything goes through <see cref="HtmlEncoder"/>; characters that would
/// reorder, hide or fake text on the screen (controls, ANSI escapes, bidi marks, zero-width) are spelled out.
/// </summary>
internal static class MarkupText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(" !#$%()*,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_abcdefghijklmnopqrstuvwxyz{|}~");
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Appends a constant of ours: markup, never data.</summary>
    public static StringBuilder Tag(this StringBuilder markup, string constant) => markup.Append(constant);

    public static StringBuilder Text(this StringBuilder markup, ReadOnlySpan<char> text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsInvisible(text[i]))
            {
                continue;
            }

            Encode(markup, text[start..i]);
            markup.Append(CultureInfo.InvariantCulture, $"<span class=\"ctl\">{(int)text[i]:X4}</span>");
            start = i + 1;
        }

        Encode(markup, text[start..]);
        return markup;
    }

    /// <summary>Text for a double-quoted attribute; what is invisible there is replaced by its code in brackets.</summary>
    public static StringBuilder Attribute(this StringBuilder markup, ReadOnlySpan<char> text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsInvisible(text[i]))
            {
                continue;
            }

            Encode(markup, text[start..i]);
            markup.Append(CultureInfo.InvariantCulture, $"[{(int)text[i]:X4}]");
            start = i + 1;
        }

        Encode(markup, text[start..]);
        return markup;
    }

    public static string Of(string text) => new StringBuilder(text.Length + 16).Text(text).ToString();

    private static void Encode(StringBuilder markup, ReadOnlySpan<char> text)
    {
        // Most cells need no encoding, and this makes no string of them.
        if (!text.ContainsAnyExcept(Plain))
        {
            markup.Append(text);
        }
        else
        {
            markup.Append(Encoder.Encode(text.ToString()));
        }
    }

    private static bool IsInvisible(char c) => c switch
    {
        '\n' or '\t' or (>= ' ' and <= '~') => false,
        _ => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };
}
