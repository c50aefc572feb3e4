using System.Text;

namespace KubeLens.Store.Database;

/// <summary>
/// Makes text that callers control fit for Postgres: no NUL, which <c>text</c> cannot hold, and no longer than an index
/// entry may be. What was cut stays whole in the call's pack.
/// </summary>
internal static class StoredText
{
    /// <summary>For indexed text, in UTF-8 bytes; a btree entry holds 2,704.</summary>
    public const int IndexedBytes = 2_000;

    /// <summary>For text without an index (path, query), in UTF-8 bytes.</summary>
    public const int PlainBytes = 16_384;

    /// <summary>The text as it is stored; the same instance when nothing had to change.</summary>
    public static string Fit(string text, int maxBytes)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            text = text.Replace('\0', '\uFFFD');
        }

        return text.Length * 3 <= maxBytes || Encoding.UTF8.GetByteCount(text) <= maxBytes ? text : Cut(text, maxBytes);
    }

    private static string Cut(string text, int maxBytes)
    {
        var bytes = 0;
        var chars = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            chars += rune.Utf16SequenceLength;
        }

        return text[..chars];
    }
}
