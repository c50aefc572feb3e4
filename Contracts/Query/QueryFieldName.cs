namespace KubeLens.Contracts.Query;

/// <summary>The part of a term before its colon.</summary>
/// <param name="Name">As written, before the first dot.</param>
/// <param name="Path">After the first dot, in its canonical form; empty when there is none.</param>
/// <param name="End">Where the colon is.</param>
internal readonly record struct QueryFieldName(string Name, string Path, int End)
{
    /// <summary>Reads <c>user:</c> or <c>body.metadata."a.b":</c>. When that is not what is here, nothing is consumed.</summary>
    public static bool TryRead(QueryScanner scan, out QueryFieldName name)
    {
        var start = scan.At;
        var text = scan.Text;
        name = default;
        var i = IdentEnd(scan, start);
        var nameEnd = i;
        var path = new List<string>();
        while (i > start && scan.CharAt(i) == '.')
        {
            scan.At = ++i;
            if (scan.Here == '"' && scan.TryQuoted(out var segment, out _))
            {
                i = scan.At;
            }
            else
            {
                var end = IdentEnd(scan, i);
                segment = text[i..end];
                i = end;
            }

            if (segment.Length == 0)
            {
                scan.At = start;
                return false;
            }

            path.Add(segment);
        }

        scan.At = start;
        if (i == start || scan.CharAt(i) != ':')
        {
            return false;
        }

        name = new QueryFieldName(text[start..nameEnd], QueryPath.Join(path), i);
        scan.At = i + 1;
        return true;
    }

    private static int IdentEnd(QueryScanner scan, int at)
    {
        while (QueryScanner.IsIdent(scan.CharAt(at)))
        {
            at++;
        }

        return at;
    }
}
