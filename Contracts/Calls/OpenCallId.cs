using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KubeLens.Contracts.Calls;

/// <summary>
/// The id of a call that has not ended: its gateway's boot (16 hexadecimal digits), a dash, and its number in that boot.
/// A boot is random, so the gateway's name is not needed.
/// </summary>
/// <param name="Boot">As in <see cref="CallRecord.Boot"/>.</param>
/// <param name="Sequence">As in <see cref="CallRecord.Sequence"/>.</param>
public sealed record OpenCallId(string Boot, long Sequence)
{
    private const int BootLength = 16;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Boot}-{Sequence}");

    /// <summary>Whether this is a boot that a call can be known under.</summary>
    public static bool IsBoot(ReadOnlySpan<char> text) => text.Length == BootLength && !text.ContainsAnyExcept(Hexadecimal);

    /// <summary>False for anything that <see cref="ToString"/> does not print.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out OpenCallId? id)
    {
        id = null;
        if (text.Length > BootLength + 1
            && text[BootLength] == '-'
            && text[BootLength + 1] != '0'
            && IsBoot(text.AsSpan(0, BootLength))
            && long.TryParse(text.AsSpan(BootLength + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            id = new OpenCallId(text[..BootLength], sequence);
        }

        return id is not null;
    }
}
