namespace KubeLens.Gateway.Identity;

/// <summary>Text that goes into a header which the gateway vouches for.</summary>
internal static class HeaderText
{
    /// <summary>
    /// Whether the other side reads exactly this text: control characters (CR, LF and NUL among them) would end the line or be
    /// refused, spaces at the ends are trimmed (" admin" becomes "admin"), and half a surrogate pair has no UTF-8.
    /// </summary>
    public static bool IsExact(string text)
    {
        if (text is [' ', ..] or [.., ' '])
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            // Line and paragraph separators are nothing to HTTP, but YAML and terminals break lines at them.
            if (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029')
            {
                return false;
            }

            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
