using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Markup;

/// <summary>
/// A batch of result rows as one markup string. A component per row costs five times the bytes on the wire and a server
/// round trip per key; the browser's module owns these rows once they are there.
/// </summary>
internal static class CallRows
{
    /// <summary>The batch's rows; <paramref name="firstIndex"/> is the 1-based <c>aria-rowindex</c> of the first; null where rows come and go.</summary>
    public static string Build(IReadOnlyList<CallItem> calls, int? firstIndex, TimeZoneInfo zone, ImmutableArray<CallColumn> columns)
    {
        var markup = new StringBuilder(calls.Count * 900);
        for (var i = 0; i < calls.Count; i++)
        {
            Row(markup, calls[i], firstIndex + i, zone, columns);
        }

        return markup.ToString();
    }

    private static void Row(StringBuilder markup, CallItem call, int? index, TimeZoneInfo zone, ImmutableArray<CallColumn> columns)
    {
        markup.Tag("<div role=\"row\" class=\"row\" tabindex=\"-1\" aria-selected=\"false\"");
        if (index is { } number)
        {
            markup.Tag(" aria-rowindex=\"").Append(number).Tag("\"");
        }

        markup.Tag(" data-id=\"").Attribute(call.Id).Tag("\">");
        if (call.InFlight)
        {
            Running(markup, call, zone);
        }
        else
        {
            Time(markup, call.Time, zone);
        }

        foreach (var column in columns)
        {
            switch (column.Field)
            {
                case "verb":
                    Verb(markup, call);
                    break;
                case "status":
                    Status(markup, call);
                    break;
                case "resource":
                    Resource(markup, call);
                    break;
                default:
                    Cell(markup, column, CallCells.TextOf(call, column.Field));
                    break;
            }
        }

        markup.Tag("</div>");
    }

    private static void Time(StringBuilder markup, DateTimeOffset time, TimeZoneInfo zone)
        => markup.Tag("<div role=\"gridcell\" class=\"time\"><time datetime=\"").Attribute(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))
            .Tag("\"><span class=\"day\">").Text(Show.Day(time, zone)).Tag("</span> ").Text(Show.Clock(time, zone)).Tag("</time></div>");

    // In the place of the time at which it ended.
    private static void Running(StringBuilder markup, CallItem call, TimeZoneInfo zone)
    {
        var start = Show.Started(call);
        markup.Tag("<div role=\"gridcell\" class=\"time\"><span class=\"chip running\" title=\"since ").Attribute($"{Show.Day(start, zone)} {Show.Clock(start, zone)}").Tag("\">");
        Glyph(markup, CallClass.RunningGlyph);
        markup.Tag("running</span></div>");
    }

    private static void Verb(StringBuilder markup, CallItem call)
    {
        var risk = VerbClasses.Of(call.Verb, call.Subresource);
        markup.Tag("<div role=\"gridcell\" class=\"verb\"><span class=\"chip verb-").Tag(CallClass.CssOf(risk)).Tag("\">");
        Glyph(markup, CallClass.GlyphOf(risk));
        markup.Text(call.Verb).Tag("</span></div>");
    }

    private static void Status(StringBuilder markup, CallItem call)
    {
        markup.Tag("<div role=\"gridcell\" class=\"status\"><span class=\"chip status-").Tag(CallClass.CssOf(call.Status)).Tag("\">");
        Glyph(markup, CallClass.GlyphOf(call.Status));
        markup.Tag(CallClass.TextOf(call.Status)).Tag("</span></div>");
    }

    private static void Resource(StringBuilder markup, CallItem call)
    {
        if (call.Resource.Length == 0)
        {
            markup.Tag("<div role=\"gridcell\" class=\"resource path\" title=\"").Attribute(call.Path).Tag("\">").TextWithChips(call.Path).Tag("</div>");
            return;
        }

        markup.Tag("<div role=\"gridcell\" class=\"resource\" title=\"").Attribute(call.Path).Tag("\">").Text(call.Resource);
        Part(markup, "sub", "/", call.Subresource);
        Part(markup, "group", ".", call.ApiGroup);
        markup.Tag("</div>");
    }

    private static void Part(StringBuilder markup, string css, string separator, string text)
    {
        if (text.Length > 0)
        {
            markup.Tag("<span class=\"").Tag(css).Tag("\">").Tag(separator).Text(text).Tag("</span>");
        }
    }

    private static void Cell(StringBuilder markup, CallColumn column, string text)
    {
        markup.Tag("<div role=\"gridcell\" class=\"").Tag(column.Field);
        // A column of ids is as wide as these are.
        if (text.Length > 12 && !column.IsId)
        {
            markup.Tag("\" title=\"").Attribute(text);
        }

        // What it is has to be said where there are no heads.
        if (!CallColumns.Usual.Contains(column))
        {
            markup.Tag("\" data-label=\"").Tag(column.Label);
        }

        markup.Tag("\">");
        _ = column.Field == "path" ? markup.TextWithChips(text) : markup.Text(text);
        markup.Tag("</div>");
    }

    private static void Glyph(StringBuilder markup, string glyph)
    {
        if (glyph.Length > 0)
        {
            markup.Tag("<span class=\"glyph\" aria-hidden=\"true\">").Tag(glyph).Tag("</span>");
        }
    }
}
