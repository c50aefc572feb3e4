namespace KubeLens.Gateway.Capture;

/// <summary>Texts that are cut to a length.</summary>
internal static class WholeText
{
    /// <summary>At most this many UTF-16 units, whole characters only.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
