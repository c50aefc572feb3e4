using System.Globalization;
using KubeLens.Contracts.Calls;

namespace KubeLens.Portal.Search;

/// <summary>How a call is painted: never by colour alone, so every class has a glyph.</summary>
internal static class CallClass
{
    /// <summary>Of a call that has not ended.</summary>
    public const string RunningGlyph = "▶";

    public static string CssOf(VerbClass verb) => verb switch
    {
        VerbClass.Write => "write",
        VerbClass.Delete => "delete",
        VerbClass.Interactive => "interactive",
        _ => "read",
    };

    public static string GlyphOf(VerbClass verb) => verb switch
    {
        VerbClass.Write => "✎",
        VerbClass.Delete => "✕",
        VerbClass.Interactive => "❯",
        _ => "",
    };

    /// <summary><c>ok</c>, <c>warn</c>, <c>fail</c> or <c>none</c>.</summary>
    public static string CssOf(int? status) => status switch
    {
        null or 0 => "none",
        >= 500 => "fail",
        >= 400 => "warn",
        _ => "ok",
    };

    public static string GlyphOf(int? status) => CssOf(status) switch
    {
        "warn" => "▲",
        "fail" => "✖",
        _ => "",
    };

    public static string TextOf(int? status) => status is null or 0 ? "none" : status.Value.ToString(CultureInfo.InvariantCulture);
}
