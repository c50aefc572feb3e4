using System.Text;

namespace KubeLens.Portal.Markup;

/// <summary>A body as it was sent, line by line.</summary>
internal static class PlainMarkup
{
    public static string Build(string text)
    {
        var markup = new StringBuilder(text.Length + text.Length / 4);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            markup.Tag("<span class=\"l\">").TextWithChips(line).Tag("\n</span>");
        }

        return markup.ToString();
    }
}
