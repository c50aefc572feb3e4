using System.Text;

namespace KubeLens.Portal.Markup;

/// <summary>A value the gateway replaced by its fingerprint: <c>redacted:</c> and hexadecimal digits. It cannot be revealed, only compared.</summary>
internal static class Redacted
{
    public const string Prefix = "redacted:";

    public static bool TryRead(ReadOnlySpan<char> value, out string fingerprint)
    {
        fingerprint = "";
        if (!value.StartsWith(Prefix, StringComparison.Ordinal) || value.Length > 80)
        {
            return false;
        }

        fingerprint = value[Prefix.Length..].ToString();
        return fingerprint.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '=');
    }

    public static void Chip(StringBuilder markup, string fingerprint)
        => markup.Tag("<span class=\"redacted\" title=\"Replaced by the gateway; equal fingerprints mean equal values\">redacted <b>").Text(fingerprint).Tag("</b></span>");
}
