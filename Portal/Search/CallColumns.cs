using System.Collections.Immutable;

namespace KubeLens.Portal.Search;

/// <summary>The columns that calls can be shown with. The time stands before all of them and cannot be left out.</summary>
internal static class CallColumns
{
    /// <summary>The time.</summary>
    public static CallColumn Time { get; } = new("time", "Time", 190, 0, 92, 0);

    /// <summary>What is shown when nothing is chosen.</summary>
    public static ImmutableArray<CallColumn> Usual { get; } =
    [
        new("verb", "Verb", 104, 0, 88, 0),
        new("status", "Status", 70, 0, 60, 0),
        new("resource", "Resource", 130, 1.1, 90, 1.1),
        new("ns", "Namespace", 90, 0.6, 60, 0.7),
        new("name", "Name", 140, 1.3, 90, 1.3),
        new("user", "User", 150, 1.7, 70, 0.9),
        new("latency", "Latency", 84, 0, 66, 0),
    ];

    /// <summary>Each that there is, in the order in which they can be chosen.</summary>
    public static ImmutableArray<CallColumn> All { get; } =
    [
        .. Usual,
        new("cluster", "Cluster", 90, 0.5),
        new("kind", "Kind of user", 80),
        new("sa", "Service account", 140, 1),
        new("groups", "Groups", 150, 1),
        new("caller", "Caller", 110, 0.6),
        new("ip", "Address", 112),
        new("client", "Client", 110, 0.5),
        new("ua", "User agent", 200, 1.5),
        new("class", "Risk class", 84),
        new("method", "Method", 68),
        new("group", "API group", 110, 0.6),
        new("version", "API version", 80),
        new("sub", "Subresource", 90),
        new("path", "Path", 220, 2),
        new("reqsize", "Sent", 78),
        new("respsize", "Answered", 78),
        new("audit", "Audit id", 264),
        new("call", "Call id", 190),
        new("trace", "Trace id", 238),
        new("span", "Span id", 126),
    ];

    /// <summary>What <c>cols</c> of a URL says: fields, separated by commas; what is no column is passed over. The usual ones when there is none.</summary>
    public static ImmutableArray<CallColumn> Of(string? text)
    {
        var chosen = (text ?? "").Split(',', StringSplitOptions.TrimEntries).Select(Find).OfType<CallColumn>().Distinct().ToImmutableArray();
        return chosen.Length > 0 ? chosen : Usual;
    }

    /// <summary>As a URL has it; empty for the usual ones.</summary>
    public static string Text(IEnumerable<CallColumn> columns)
    {
        var chosen = columns.ToList();
        return chosen.SequenceEqual(Usual) ? "" : string.Join(',', chosen.Select(column => column.Field));
    }

    /// <summary>With that column after the others, or without it.</summary>
    public static ImmutableArray<CallColumn> Toggle(ImmutableArray<CallColumn> columns, CallColumn column) => columns.Contains(column) ? columns.Remove(column) : columns.Add(column);

    private static CallColumn? Find(string field) => All.FirstOrDefault(column => column.Field == field);
}
