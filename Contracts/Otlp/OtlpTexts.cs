using System.Numerics;
using System.Runtime.InteropServices;
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

    // The ends of a text and its length tell most texts apart.
    private static int Slot(ReadOnlySpan<byte> utf8)
    {
        var (first, last) = utf8.Length >= sizeof(ulong) ? (MemoryMarshal.Read<ulong>(utf8), MemoryMarshal.Read<ulong>(utf8[^sizeof(ulong)..])) : (Packed(utf8), 0UL);
        var mixed = unchecked((first * 0x9E3779B97F4A7C15) ^ (BitOperations.RotateLeft(last, 29) * 0xC2B2AE3D27D4EB4F) ^ ((ulong)utf8.Length * 0x165667B19E3779F9));
        return (int)((mixed ^ (mixed >> 32)) * 0x9E3779B97F4A7C15 >> 40) & (Slots - 1);
    }

    private static ulong Packed(ReadOnlySpan<byte> few)
    {
        var packed = 0UL;
        foreach (var b in few)
        {
            packed = (packed << 8) | b;
        }

        return packed;
    }
}
