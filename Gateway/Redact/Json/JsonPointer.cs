using System.Text.Json;

namespace KubeLens.Gateway.Redact.Json;

/// <summary>Reads a JSON pointer (RFC 6901) out of a JSON string.</summary>
internal static class JsonPointer
{
    /// <summary>Undoes the string's escapes.</summary>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> raw, ref byte[] buffer)
    {
        if (raw.IndexOf((byte)'\\') < 0)
        {
            return raw;
        }

        var quoted = new byte[raw.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        if (buffer.Length < quoted.Length)
        {
            buffer = new byte[quoted.Length];
        }

        return buffer.AsSpan(0, reader.CopyString(buffer));
    }

    /// <summary>Takes the first segment off; <c>~1</c> is a slash, <c>~0</c> a tilde.</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> path)
    {
        path = path.TrimStart((byte)'/');
        var end = path.IndexOf((byte)'/');
        var segment = end < 0 ? path : path[..end];
        path = end < 0 ? default : path[end..];
        if (segment.IndexOf((byte)'~') < 0)
        {
            return segment;
        }

        var plain = new byte[segment.Length];
        var length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            var escape = segment[i] == '~' && i + 1 < segment.Length ? segment[i + 1] : (byte)0;
            plain[length++] = escape switch { (byte)'1' => (byte)'/', (byte)'0' => (byte)'~', _ => segment[i] };
            i += escape is (byte)'0' or (byte)'1' ? 1 : 0;
        }

        return plain.AsSpan(0, length);
    }
}
