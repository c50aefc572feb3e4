using System.Text;

namespace KubeLens.Gateway.Upstream;

/// <summary>UTF-8 in which <see cref="Mark"/> ends a header line and begins another of the same name.</summary>
internal sealed class RepeatedHeaderEncoding(string name) : Encoding
{
    /// <summary>Half of a surrogate pair: no text that came in as UTF-8 can hold it.</summary>
    public const char Mark = '\uD800';

    private readonly string _break = $"\r\n{name}: ";

    public override int GetMaxByteCount(int charCount) => (charCount + 1) * Math.Max(3, _break.Length);

    public override int GetByteCount(ReadOnlySpan<char> chars) => UTF8.GetByteCount(Spell(chars));

    public override int GetBytes(ReadOnlySpan<char> chars, Span<byte> bytes) => UTF8.GetBytes(Spell(chars), bytes);

    public override int GetByteCount(char[] chars, int index, int count) => GetByteCount(chars.AsSpan(index, count));

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => GetBytes(chars.AsSpan(charIndex, charCount), bytes.AsSpan(byteIndex));

    public override int GetCharCount(byte[] bytes, int index, int count) => throw new NotSupportedException("Header lines are written only.");

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) => throw new NotSupportedException("Header lines are written only.");

    public override int GetMaxCharCount(int byteCount) => throw new NotSupportedException("Header lines are written only.");

    private string Spell(ReadOnlySpan<char> chars) => chars.ToString().Replace(Mark.ToString(), _break, StringComparison.Ordinal);
}
