namespace KubeLens.Portal.Markup;

/// <summary>What is painted of a body.</summary>
/// <param name="Html">The lines.</param>
/// <param name="IsJson">False when it is shown as it was sent.</param>
/// <param name="IsCut">True when only the first <see cref="RenderedChars"/> are painted.</param>
internal sealed record BodyMarkup(string Html, bool IsJson, bool IsCut)
{
    /// <summary>Painting more freezes browsers; the rest can be copied.</summary>
    public const int RenderedChars = 256 * 1024;

    public static BodyMarkup Build(string text, bool pretty)
    {
        var isCut = text.Length > RenderedChars;
        var shown = isCut ? text[..(char.IsHighSurrogate(text[RenderedChars - 1]) ? RenderedChars - 1 : RenderedChars)] : text;
        return pretty && JsonMarkup.Build(shown) is { } json ? new(json, true, isCut) : new(PlainMarkup.Build(shown), false, isCut);
    }
}
