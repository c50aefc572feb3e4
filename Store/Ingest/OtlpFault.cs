using System.Globalization;

namespace KubeLens.Store.Ingest;

/// <summary>Says where an <c>ExportLogsServiceRequest</c> stops being one; the protobuf library only says that it does.</summary>
internal static class OtlpFault
{
    // The way down to an attribute: its name, the number of its field in the message before, what is inside.
    private static readonly (int Field, string Name)[] Way = [(1, "resource_logs"), (2, "scope_logs"), (2, "log_records"), (6, "attributes")];

    /// <summary>The path to the first broken field and its byte, or just what the library said.</summary>
    public static string Locate(ReadOnlySpan<byte> message, string otherwise)
    {
        var fault = Walk(message, 0, 0, "");
        return fault.Length > 0 ? fault : otherwise;
    }

    private static string Walk(ReadOnlySpan<byte> message, int offset, int depth, string path)
    {
        var index = -1;
        for (var at = 0; at < message.Length;)
        {
            var start = at;
            if (!TryVarint(message, ref at, out var tag) || tag >> 3 is 0 or > int.MaxValue)
            {
                return Fault(path, offset + start, "no field begins here");
            }

            long length;
            switch (tag & 7)
            {
                case 0:
                    if (!TryVarint(message, ref at, out _))
                    {
                        return Fault(path, offset + start, "a number does not end");
                    }

                    continue;
                case 1:
                    length = sizeof(ulong);
                    break;
                case 5:
                    length = sizeof(uint);
                    break;
                case 2 when TryVarint(message, ref at, out var declared):
                    length = (long)Math.Min(declared, long.MaxValue);
                    break;
                default:
                    return Fault(path, offset + start, "no field begins here");
            }

            var known = depth < Way.Length && (int)(tag >> 3) == Way[depth].Field && (tag & 7) == 2;
            index += known ? 1 : 0;
            var child = known ? string.Create(CultureInfo.InvariantCulture, $"{path}{(depth > 0 ? "." : "")}{Way[depth].Name}[{index}]") : path;

            // A field cut short is looked into as far as it goes: the innermost one is the most telling.
            var inner = message.Slice(at, (int)Math.Min(length, message.Length - at));
            if (known && Walk(inner, offset + at, depth + 1, child) is { Length: > 0 } deeper)
            {
                return deeper;
            }

            if (length > message.Length - at)
            {
                return Fault(child, offset + start, string.Create(CultureInfo.InvariantCulture, $"a field of {length} bytes has only {message.Length - at}"));
            }

            at += (int)length;
        }

        return "";
    }

    private static string Fault(string path, int at, string what) => string.Create(CultureInfo.InvariantCulture, $"{(path.Length > 0 ? path : "the request")} at byte {at}: {what}");

    private static bool TryVarint(ReadOnlySpan<byte> message, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && at < message.Length; shift += 7)
        {
            var b = message[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
