using System.Text;

namespace KubeLens.Gateway.Normalize;

/// <summary>
/// Reads the texts of a <c>Warning</c> header (RFC 7234, 5.5); the apiserver's have the code 299:
/// <code>299 - "extensions/v1beta1 Ingress is deprecated in v1.14+", 299 - "unknown field \"spec.foo\""</code>
/// </summary>
internal static class WarningHeader
{
    /// <summary>Of one text; the apiserver cuts its own to less.</summary>
    public const int MaxLength = 1_024;

    /// <summary>Of one answer.</summary>
    public const int MaxWarnings = 32;

    private const string Code = "299 ";

    /// <summary>Adds the texts until there are <see cref="MaxWarnings"/>; ends where the value is malformed. Never throws.</summary>
    public static void Read(string value, List<string> texts)
    {
        var rest = value.AsSpan();
        while (texts.Count < MaxWarnings)
        {
            rest = rest.TrimStart(" \t,");
            var quote = rest.IndexOf('"');
            if (quote < 0)
            {
                return;
            }

            var counts = rest.StartsWith(Code, StringComparison.Ordinal);
            rest = rest[(quote + 1)..];
            if (!TryUnquote(ref rest, out var text))
            {
                return;
            }

            if (counts && text.Length > 0)
            {
                texts.Add(text);
            }

            // A date in quotes may follow.
            rest = rest.TrimStart(" \t");
            if (rest.StartsWith("\"") && !TryUnquote(ref rest, out _, skip: 1))
            {
                return;
            }
        }
    }

    private static bool TryUnquote(ref ReadOnlySpan<char> rest, out string text, int skip = 0)
    {
        rest = rest[skip..];
        var read = new StringBuilder();
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                text = read.ToString();
                rest = rest[(i + 1)..];
                return true;
            }

            if (rest[i] == '\\' && i + 1 < rest.Length)
            {
                i++;
            }

            if (read.Length < MaxLength)
            {
                read.Append(rest[i]);
            }
        }

        text = "";
        return false;
    }
}
