namespace KubeLens.Contracts.Query;

/// <summary>The path in <see cref="FieldNode.Path"/>: segments joined by dots, quoted where they are not plain words.</summary>
public static class QueryPath
{
    /// <summary>The canonical form of a path.</summary>
    public static string Join(IEnumerable<string> segments) => string.Join('.', segments.Select(s => s.All(QueryScanner.IsIdent) ? s : QueryPrinter.Quoted(s)));

    /// <summary>The segments of a path that <see cref="Join"/> made.</summary>
    public static IReadOnlyList<string> Split(string path)
    {
        var segments = new List<string>();
        for (var scan = new QueryScanner(path); !scan.AtEnd; scan.At++)
        {
            if (scan.Here == '"' && scan.TryQuoted(out var quoted, out _))
            {
                segments.Add(quoted);
                continue;
            }

            var dot = path.IndexOf('.', scan.At);
            var end = dot < 0 ? path.Length : dot;
            segments.Add(path[scan.At..end]);
            scan.At = end;
        }

        return segments;
    }
}
