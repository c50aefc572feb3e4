namespace KubeLens.Store.Distribution;

/// <summary>Where the rows of a table lie when the Store runs on Citus.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Column">By whose hash its rows are spread over the workers; null for a table that stays whole, on the coordinator.</param>
/// <param name="With">The table whose rows of the same value lie on the same worker; null for the first of such tables, and for one that stays.</param>
/// <param name="Reason">Why so.</param>
internal sealed record TablePlacement(string Table, string? Column, string? With, string Reason)
{
    public bool IsDistributed => Column is not null;

    public static TablePlacement Spread(string table, string column, string reason) => new(table, column, null, reason);

    public static TablePlacement Beside(string other, string table, string column, string reason) => new(table, column, other, reason);

    public static TablePlacement Coordinator(string table, string reason) => new(table, null, null, reason);
}
