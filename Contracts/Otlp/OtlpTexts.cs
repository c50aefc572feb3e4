using System.Text;

namespace KubeLens.Contracts.Otlp;

/// <summary>
/// Makes texts of UTF-8, and gives the same one again for bytes that came a short while ago: most texts of calls are those of the calls
/// before. Each thread has some of its own.
/// </summary>
internal static class OtlpTexts
{
    private const int Slots = 2_048;
    private const int LongestKept = 256;

    [ThreadStatic]
    private static string?[]? _kept;

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > LongestKept)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        _kept ??= new string?[Slots];
        ref var kept = ref _kept[Slot(utf8)];

        // Texts that are not ASCII are never equal here, and made each time.
        if (kept is null || !Ascii.Equals(utf8, kept))
        {
            kept = Encoding.UTF8.GetString(utf8);
        }

        return kept;
    }

    private static int Slot(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        return hash.ToHashCode() & (Slots - 1);
    }
}
