using System.Buffers.Binary;
using System.Text;

namespace KubeLens.Gateway.Capture.Sessions.Spdy;

/// <summary>A decompressed block of names and values: how many, then of each a length (32 bits, big-endian) and its bytes.</summary>
internal static class HeaderBlock
{
    /// <returns>Null when lengths and bytes do not fit.</returns>
    public static IReadOnlyDictionary<string, string>? Read(ReadOnlySpan<byte> block)
    {
        if (!TryNumber(ref block, out var count) || count > (uint)block.Length / 8)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (; count > 0; count--)
        {
            if (!TryText(ref block, out var name) || !TryText(ref block, out var value))
            {
                return null;
            }

            headers[name] = value;
        }

        return headers;
    }

    private static bool TryText(ref ReadOnlySpan<byte> block, out string text)
    {
        text = "";
        if (!TryNumber(ref block, out var length) || length > (uint)block.Length)
        {
            return false;
        }

        text = Encoding.UTF8.GetString(block[..(int)length]);
        block = block[(int)length..];
        return true;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> block, out uint number)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(block, out number))
        {
            return false;
        }

        block = block[sizeof(uint)..];
        return true;
    }
}
