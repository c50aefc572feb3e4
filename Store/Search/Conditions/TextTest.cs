using System.Buffers;
using System.Text;
using KubeLens.Store.Database;

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
    // Longer texts are seldom.
    private const int OnStack = 512;

    private readonly byte[] _value = Encoding.UTF8.GetBytes(Value);
    private readonly byte[] _longest = Kind is TextTestKind.Like or TextTestKind.LikeFolded
        ? LikePattern.Literals(Encoding.UTF8.GetBytes(Value)).DefaultIfEmpty([]).MaxBy(literal => literal.Length)!
        : Encoding.UTF8.GetBytes(Value);

    private bool IsFolded => Kind is TextTestKind.EqualFolded or TextTestKind.LikeFolded;

    /// <summary>What a text that passes has in it, each whole: without case where the test is.</summary>
    public IReadOnlyList<byte[]> Literals => Kind switch
    {
        TextTestKind.NotEmpty => [],
        TextTestKind.Equal or TextTestKind.EqualFolded => [_value],
        _ => LikePattern.Literals(_value),
    };

    public Sql ToSql(string expression) => Kind switch
    {
        TextTestKind.NotEmpty => Sql.Of<string>($"{expression} <> ''"),
        TextTestKind.Equal => Sql.Of($"{expression} = ?", Value),
        TextTestKind.EqualFolded => Sql.Of($"lower({expression}) = ?", Value),
        TextTestKind.Like => Sql.Of($"{expression} like ?", Value),
        TextTestKind.LikeFolded => Sql.Of($"lower({expression}) like ?", Value),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), Kind, "Not a test."),
    };

    public bool Passes(ReadOnlySpan<byte> text)
    {
        if (!IsFolded)
        {
            return PassesAsIs(text);
        }

        Span<byte> folded = text.Length <= OnStack ? stackalloc byte[OnStack] : new byte[text.Length];
        folded = folded[..text.Length];
        Fold(text, folded);
        return PassesAsIs(folded);
    }

    /// <summary>False only if none of some texts passes.</summary>
    /// <param name="texts">One after the other.</param>
    public bool MayPass(ReadOnlySpan<byte> texts)
    {
        if (!IsFolded)
        {
            return texts.IndexOf(_longest) >= 0;
        }

        var folded = ArrayPool<byte>.Shared.Rent(texts.Length);
        try
        {
            Fold(texts, folded);
            return folded.AsSpan(0, texts.Length).IndexOf(_longest) >= 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(folded);
        }
    }

    private bool PassesAsIs(ReadOnlySpan<byte> text) => Kind switch
    {
        TextTestKind.NotEmpty => !text.IsEmpty,
        TextTestKind.Equal or TextTestKind.EqualFolded => text.SequenceEqual(_value),
        TextTestKind.Like or TextTestKind.LikeFolded => text.IndexOf(_longest) >= 0 && LikePattern.Matches(text, _value),
        _ => throw new ArgumentOutOfRangeException(nameof(text), Kind, "Not a test."),
    };

    private static void Fold(ReadOnlySpan<byte> text, Span<byte> into)
    {
        for (var i = 0; i < text.Length; i++)
        {
            into[i] = AsciiFold.Of(text[i]);
        }
    }
}
