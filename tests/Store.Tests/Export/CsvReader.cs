using System.Text;

namespace KubeLens.Store.Tests.Export;

/// <summary>Reads RFC 4180 and nothing else: CRLF after every line, quotes around a whole cell or not at all.</summary>
internal static class CsvReader
{
    public static List<List<string>> Read(string text)
    {
        var (rows, row, at) = (new List<List<string>>(), new List<string>(), 0);
        while (at < text.Length)
        {
            row.Add(text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at));
            at.ShouldBeLessThan(text.Length, "the last line ends, too");
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            text.Substring(at, 2).ShouldBe("\r\n");
            at += 2;
            rows.Add(row);
            row = [];
        }

        row.ShouldBeEmpty();
        rows.Select(r => r.Count).Distinct().ShouldHaveSingleItem();
        return rows;
    }

    private static string Plain(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny(",\r\n\"");
        var cell = text.Substring(at, end);
        at += end;
        text[at].ShouldNotBe('"', "a quote within a cell without quotes");
        return cell;
    }

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; ; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (text[++at] == '"')
            {
                cell.Append('"');
            }
            else
            {
                return cell.ToString();
            }
        }
    }
}
