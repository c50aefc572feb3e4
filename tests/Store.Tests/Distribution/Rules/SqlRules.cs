namespace KubeLens.Store.Tests.Distribution.Rules;

/// <summary>What the Store's statements keep to, so that they run on Citus as they are. Some is stricter than the newest Citus.</summary>
internal static class SqlRules
{
    private const string Workarounds = "https://docs.citusdata.com/en/stable/develop/reference_workarounds.html";
    private const string Ddl = "https://docs.citusdata.com/en/stable/develop/reference_ddl.html";
    private const string Dml = "https://docs.citusdata.com/en/stable/develop/reference_dml.html";
    private const string Udf = "https://docs.citusdata.com/en/stable/develop/api_udf.html";
    private const string Router = "https://github.com/citusdata/citus/blob/main/src/backend/distributed/planner/multi_router_planner.c";
    private const string Logical = "https://github.com/citusdata/citus/blob/main/src/backend/distributed/planner/multi_logical_optimizer.c";

    private static readonly string[] Volatile = ["random", "gen_random_uuid", "clock_timestamp", "timeofday", "nextval", "setval", "pg_notify", "pg_advisory_lock", "pg_advisory_xact_lock", "pg_try_advisory_xact_lock", "pg_current_xact_id"];
    private static readonly string[] Sizes = ["pg_total_relation_size", "pg_relation_size", "pg_table_size", "pg_indexes_size"];

    public static readonly IReadOnlyList<SqlRule> All =
    [
        new("a row lock over several shards", Workarounds, query => (query.Says("for", "update") || query.Says("for", "share") || query.Says("for", "no", "key", "update") || query.Says("for", "key", "share")) && query.Relations.Any(relation => relation.IsDistributed && !IsOneShard(query, relation))),
        new("a subquery that is correlated with another table", Workarounds, query => query.Parent is not null && Outer(query) is { } outer && (Has(query) || outer.Relations.Any(relation => relation.IsDistributed))),
        new("an outer join with something small on the outer side", Workarounds, IsOuterJoinFromSmall),
        new("a join of distributed tables that is not on their keys", Workarounds, query => query.Relations.Where(relation => relation.IsDistributed).ToList() is { Count: > 1 } many && !query.Tokens.Any(token => token.Text is "union" or "except" or "intersect") && many.Any(relation => !IsJoinedOnKey(query, relation))),
        new("grouping sets", Workarounds, query => Has(query) && (query.Says("grouping", "sets") || query.Says("rollup", "(") || query.Says("cube", "("))),
        new("tablesample", Workarounds, query => Has(query) && query.Says("tablesample")),
        new("a recursive query", Workarounds, query => query.Says("with", "recursive")),
        new("merge", Workarounds, query => query.Command == "merge"),
        new("a change within a with query", Workarounds, query => query.Parent is not null && query.Command is "insert" or "update" or "delete"),
        new("a volatile function in a change", Workarounds, query => IsChange(query) && query.WithAllInner.Any(inner => inner.Words.Any(word => Volatile.Contains(word.Text)))),
        new("a change that joins by using", Router, query => IsChange(query) && query.WithAllInner.Any(inner => inner.JoinsByUsing)),
        new("a change of the key by which rows are spread", Dml, query => query.Command is "update" && query.Target?.Key is { } key && query.Tokens.SkipWhile(token => token.Text != "set").TakeWhile(token => token.Text is not ("from" or "where")).ToList() is var set && Enumerable.Range(0, Math.Max(0, set.Count - 1)).Any(i => set[i].Text == key && set[i + 1].Text == "=")),
        new("rows by their place or table (ctid, tableoid)", Router, query => Has(query) && query.Words.Any(word => word.Text is "ctid" or "tableoid")),
        new("a distinct aggregate", Logical, query => Has(query) && query.Words.Any(word => word.Inner is [{ Text: "distinct" }, ..])),
        new("detach concurrently", Ddl, query => query.Says("concurrently") && query.Says("detach")),
        new("a size that only the coordinator's shell has", Udf, SizeOf),
        new("a constraint, trigger or rule made beside the migrations", Ddl, query => query.Tokens is [{ Text: "create" }, { Text: "trigger" or "rule" }, ..] || (Has(query) && query.Says("foreign", "key"))),
    ];

    /// <summary>Whether a statement asks for the size of a distributed table by a function that does not know of workers.</summary>
    public static bool SizeOf(SqlQuery query) => WordsNotForCitus(query.Tokens).ToList() is var words && words.Exists(word => Sizes.Contains(word.Text)) && words.Exists(word => word.Text == "'" && SqlRelation.KeyOf(word.Literal) is not null);

    private static IEnumerable<SqlToken> WordsNotForCitus(IReadOnlyList<SqlToken> tokens) => tokens.Index().SelectMany(token =>
        token.Item.Inner is null ? [token.Item] : token.Index > 0 && tokens[token.Index - 1].Text.StartsWith("citus_", StringComparison.Ordinal) ? [] : WordsNotForCitus(token.Item.Inner));

    private static bool Has(SqlQuery query) => query.Relations.Any(relation => relation.IsDistributed);

    private static bool IsChange(SqlQuery query) => query.Command is "update" or "delete" && query.Target is { IsDistributed: true };

    private static SqlQuery? Outer(SqlQuery query)
    {
        // A name is of the nearest query that has it.
        var outer = query.Parent;
        var names = query.WithAllInner.SelectMany(inner => inner.Qualifiers).Except(query.WithAllInner.SelectMany(inner => inner.Relations).Select(relation => relation.Alias)).Except(query.WithAllInner.SelectMany(inner => inner.Relations).Select(relation => relation.Name)).ToHashSet();
        while (outer is not null && !outer.Relations.Any(relation => names.Contains(relation.Alias)))
        {
            outer = outer.Parent;
        }

        return outer;
    }

    private static bool IsOneShard(SqlQuery query, SqlRelation relation)
    {
        var words = query.Words.ToList();
        return Enumerable.Range(0, Math.Max(0, words.Count - 2)).Any(i => words[i].Text == relation.Key && words[i + 1].Text == "=" && words[i + 2].Text is "'" or ['$' or >= '0' and <= '9', ..]);
    }

    private static bool IsOuterJoinFromSmall(SqlQuery query) => query.Relations.Index().Any(joined =>
        (joined.Item.Join.Contains("left", StringComparison.Ordinal) && joined.Item.IsDistributed && query.Relations.Take(joined.Index).Any(before => !before.IsDistributed))
        || (joined.Item.Join.Contains("right", StringComparison.Ordinal) && !joined.Item.IsDistributed && query.Relations.Take(joined.Index).Any(before => before.IsDistributed))
        || (joined.Item.Join.Contains("full", StringComparison.Ordinal) && query.Relations.Any(one => one.IsDistributed) && query.Relations.Any(one => !one.IsDistributed)));

    private static bool IsJoinedOnKey(SqlQuery query, SqlRelation relation)
    {
        var words = query.Words.Select(word => word.Text).ToList();
        return Enumerable.Range(0, Math.Max(0, words.Count - 6)).Any(i =>
            words[i + 1] == "." && words[i + 2] == relation.Key && words[i + 3] == "=" && words[i + 5] == "."
            && ((words[i] == relation.Alias && KeyOf(words[i + 4]) == words[i + 6]) || (words[i + 4] == relation.Alias && words[i + 6] == relation.Key && KeyOf(words[i]) == words[i + 2])));

        string? KeyOf(string alias) => query.Relations.FirstOrDefault(other => other != relation && other.Alias == alias)?.Key;
    }
}
