using System.Globalization;
using System.Text;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>Answers as they came over the wire, without what belongs to the connection alone.</summary>
internal static class WireAnswer
{
    private static readonly string[] PresenceOnly = ["Date", "Audit-Id", "Content-Length", "Transfer-Encoding"];

    public static Observation Read(byte[] answer)
    {
        var seen = new Observation();
        var text = Encoding.Latin1.GetString(answer);
        for (var number = 1; text.StartsWith("HTTP/1", StringComparison.Ordinal) && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and > 0; number++)
        {
            var lines = text[..end].Split("\r\n");
            text = text[(end + 4)..];
            seen.With($"{number} status", lines[0]);
            var headers = lines[1..].Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
            foreach (var header in headers.Where(header => !header.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase)))
            {
                seen.With($"{number} header {header.Key.ToLowerInvariant()}", PresenceOnly.Contains(header.Key, StringComparer.OrdinalIgnoreCase) ? "present" : string.Join(" | ", header));
            }

            var body = Body(ref text, headers);
            seen.With($"{number} body", body);
        }

        return seen.With("rest", text);
    }

    private static string Body(ref string text, ILookup<string, string> headers)
    {
        if (headers["Content-Length"].FirstOrDefault() is { } length)
        {
            var size = Math.Min(text.Length, int.Parse(length, CultureInfo.InvariantCulture));
            var body = text[..size];
            text = text[size..];
            return body;
        }

        if (!headers["Transfer-Encoding"].Contains("chunked"))
        {
            var all = text;
            text = "";
            return all;
        }

        // 1b\r\n<27 bytes>\r\n0\r\n\r\n
        var joined = new StringBuilder();
        while (text.IndexOf("\r\n", StringComparison.Ordinal) is var end and > 0)
        {
            var size = int.Parse(text[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            joined.Append(text.AsSpan(end + 2, size));
            text = text[(end + 4 + size)..];
            if (size == 0)
            {
                break;
            }
        }

        return joined.ToString();
    }
}
