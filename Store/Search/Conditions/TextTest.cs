using System.Text;

namespace KubeLens.Store.Search.Conditions;

/// <summary>How a text is compared. <c>Folded</c>: without case, for ASCII only, with a value that is in lower case.</summary>
internal enum TextTestKind
{
    NotEmpty,
    Equal,
    EqualFolded,
    Like,
    LikeFolded,
}

/// <summary>A test of one text: in the database on any expression, and here on UTF-8. Both compare bytes.</summary>
/// <param name="Kind">How.</param>
/// <param name="Value">A text, or a pattern of <c>LIKE</c>.</param>
internal sealed record TextTest(TextTestKind Kind, string Value)
{
    private readonly byte[] _value = Encoding.UTF8.GetBytes(Value);

    public Sql ToSql(string expression) => Kind switch
    {
        TextTestKind.NotEmpty => Sql.Of<string>($"{expression} <> ''"),
        TextTestKind.Equal => Sql.Of($"{expression} = ?", Value),
        TextTestKind.EqualFolded => Sql.Of($"lower({expression}) = ?", Value),
        TextTestKind.Like => Sql.Of($"{expression} like ?", Value),
        TextTestKind.LikeFolded => Sql.Of($"lower({expression}) like ?", Value),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), Kind, "Not a test."),
    };

    public bool Passes(ReadOnlySpan<byte> text) => Kind switch
    {
        TextTestKind.NotEmpty => !text.IsEmpty,
        TextTestKind.Equal => text.SequenceEqual(_value),
        TextTestKind.EqualFolded => text.Length == _value.Length && Folded(text).SequenceEqual(_value),
        TextTestKind.Like => Like(text, _value),
        TextTestKind.LikeFolded => Like(Folded(text), _value),
        _ => throw new ArgumentOutOfRangeException(nameof(text), Kind, "Not a test."),
    };

    private static byte[] Folded(ReadOnlySpan<byte> text)
    {
        var folded = text.ToArray();
        foreach (ref var b in folded.AsSpan())
        {
            b = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }

        return folded;
    }

    // % is any number of characters and _ is one; \ takes the next byte for itself. Back to the last % when something does not fit.
    private static bool Like(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern)
    {
        var (t, p, starText, starPattern) = (0, 0, -1, -1);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == (byte)'%')
            {
                (starText, starPattern) = (t, ++p);
            }
            else if (p < pattern.Length && pattern[p] == (byte)'_')
            {
                (t, p) = (After(text, t), p + 1);
            }
            else if (p < pattern.Length && (pattern[p] == (byte)'\\' ? p + 1 < pattern.Length && pattern[p + 1] == text[t] : pattern[p] == text[t]))
            {
                (t, p) = (t + 1, p + (pattern[p] == (byte)'\\' ? 2 : 1));
            }
            else if (starPattern >= 0)
            {
                starText = After(text, starText);
                (t, p) = (starText, starPattern);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart((byte)'%').IsEmpty;
    }

    // The next character begins where no continuation byte (10xxxxxx) is.
    private static int After(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length && (text[at] & 0xC0) == 0x80; at++)
        {
        }

        return at;
    }
}
