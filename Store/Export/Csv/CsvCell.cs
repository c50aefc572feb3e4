using System.Buffers;
using System.Text;

namespace KubeLens.Store.Export.Csv;

/// <summary>
/// One cell as RFC 4180 has it. What a spreadsheet might take for a formula gets an apostrophe before it, and so does what
/// begins with one: who removes one leading apostrophe has every value as it was.
/// </summary>
internal static class CsvCell
{
    // Spreadsheets of East Asian locales read the full-width forms as well.
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20");

    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    public static void Append(StringBuilder line, string value)
    {
        var guard = value.Length > 0 && Formula.Contains(value[0]) ? "'" : "";
        if (value.AsSpan().IndexOfAny(Special) < 0)
        {
            line.Append(guard).Append(value);
            return;
        }

        line.Append('"').Append(guard).Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
