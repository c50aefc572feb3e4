using System.Text;

namespace KubeLens.Contracts.Query;

/// <summary>The characters of a query and a place among them.</summary>
internal sealed class QueryScanner(string text)
{
    public string Text => text;

    public int At { get; set; }

    public bool AtEnd => At >= text.Length;

    /// <summary>The character here, or NUL at the end (no query holds one).</summary>
    public char Here => CharAt(At);

    public char CharAt(int index) => index < text.Length ? text[index] : '\0';

    public static bool IsBare(char c) => c is not ('(' or ')' or '"' or ',' or '\0') && !char.IsWhiteSpace(c);

    public static bool IsIdent(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    public void SkipSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(text[At]))
        {
            At++;
        }
    }

    /// <summary>Where the bare word that begins at <paramref name="start"/> ends.</summary>
    public int BareEnd(int start)
    {
        while (IsBare(CharAt(start)))
        {
            start++;
        }

        return start;
    }

    /// <summary>True when the bare word here is exactly <paramref name="word"/>.</summary>
    public bool IsWord(string word) => BareEnd(At) - At == word.Length && string.CompareOrdinal(text, At, word, 0, word.Length) == 0;

    /// <summary>Reads the quoted string whose opening quote is here. On failure <see cref="At"/> stays, and <paramref name="wrongAt"/> is the escape or the end.</summary>
    public bool TryQuoted(out string value, out int wrongAt)
    {
        var built = new StringBuilder();
        for (var i = At + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                At = i + 1;
                value = built.ToString();
                wrongAt = -1;
                return true;
            }

            if (c == '\\' && i + 1 < text.Length)
            {
                if (Unescaped(text[i + 1]) is not { } real)
                {
                    value = "";
                    wrongAt = i;
                    return false;
                }

                built.Append(real);
                i++;
                continue;
            }

            built.Append(c);
        }

        value = "";
        wrongAt = text.Length;
        return false;
    }

    private static char? Unescaped(char c) => c switch { '"' => '"', '\\' => '\\', 'n' => '\n', 't' => '\t', _ => null };
}
