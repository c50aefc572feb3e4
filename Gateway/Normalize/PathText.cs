using System.Buffers;
using System.Globalization;
using System.Text;

namespace KubeLens.Gateway.Normalize;

/// <summary>Takes request targets apart as Go's <c>net/url</c> does.</summary>
internal static class PathText
{
    /// <summary>
    /// Raw path and raw query of <c>/p?q</c>, <c>https://host/p?q</c> or <c>*</c>; the query without its <c>?</c>.
    /// Go keeps a leading <c>//</c> as a path, and a <c>#</c> too.
    /// </summary>
    public static void Split(ReadOnlySpan<char> target, out ReadOnlySpan<char> path, out ReadOnlySpan<char> query)
    {
        var question = target.IndexOf('?');
        path = question < 0 ? target : target[..question];
        query = question < 0 ? default : target[(question + 1)..];
        if (path.Length == 0 || path[0] == '/')
        {
            return;
        }

        var authority = path.IndexOf("://", StringComparison.Ordinal);
        if (authority > 0)
        {
            var rest = path[(authority + 3)..];
            var slash = rest.IndexOf('/');
            path = slash < 0 ? default : rest[slash..];
        }
    }

    /// <summary>Percent-decodes; false when an escape is malformed.</summary>
    /// <param name="plusIsSpace">As in a query.</param>
    public static bool TryDecode(ReadOnlySpan<char> text, bool plusIsSpace, out string decoded)
    {
        decoded = "";
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var length = 0;
            while (!text.IsEmpty)
            {
                var stop = plusIsSpace ? text.IndexOfAny('%', '+') : text.IndexOf('%');
                var plain = stop < 0 ? text : text[..stop];
                length += Encoding.UTF8.GetBytes(plain, rented.AsSpan(length));
                text = text[plain.Length..];
                if (text.IsEmpty)
                {
                    break;
                }

                if (text[0] == '+')
                {
                    rented[length++] = (byte)' ';
                    text = text[1..];
                    continue;
                }

                if (text.Length < 3 || !byte.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out rented[length]))
                {
                    return false;
                }

                length++;
                text = text[3..];
            }

            decoded = Encoding.UTF8.GetString(rented.AsSpan(0, length));
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }
}
