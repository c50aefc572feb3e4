namespace KubeLens.Store.Tests.Distribution.Rules;

/// <summary>A statement, or a query within one: just enough of SQL to see what it does with which tables. It reads the Store's way of writing, and not all that PostgreSQL reads.</summary>
internal sealed class SqlQuery
{
    private static readonly string[] Ends = ["where", "group", "order", "limit", "returning", "set", "having", "window", "on", "values", "union", "for", "do", "add", "drop", "attach", "detach", "in", "from", "to", "select", "using", "conflict", "rename", "owner", "restart"];
    private static readonly string[] Joins = ["join", "left", "right", "full", "inner", "cross", "natural", "outer", "lateral"];

    private SqlQuery(IReadOnlyList<SqlToken> tokens, SqlQuery? parent)
    {
        (Tokens, Parent) = (tokens, parent);
        (Relations, JoinsByUsing) = ReadRelations(tokens);
        Inner = [.. QueriesIn(tokens).Select(inner => new SqlQuery(inner, this))];
    }

    /// <summary>Its own, without those of queries within it.</summary>
    public IReadOnlyList<SqlToken> Tokens { get; }

    public SqlQuery? Parent { get; }

    public IReadOnlyList<SqlRelation> Relations { get; }

    /// <summary>Whether some of them are joined by <c>using (…)</c>.</summary>
    public bool JoinsByUsing { get; }

    public IReadOnlyList<SqlQuery> Inner { get; }

    public string Command => Tokens.Count > 0 ? Tokens[0].Text == "with" ? Tokens.FirstOrDefault(token => token.Text is "select" or "insert" or "update" or "delete" or "merge")?.Text ?? "with" : Tokens[0].Text : "";

    /// <summary>What is written to.</summary>
    public SqlRelation? Target => Command is "insert" or "update" or "delete" or "merge" && Relations is [var first, ..] ? first : null;

    public IEnumerable<SqlQuery> WithAllInner => Inner.SelectMany(inner => inner.WithAllInner).Prepend(this);

    public bool TouchesDistributed => WithAllInner.Any(query => query.Relations.Any(relation => relation.IsDistributed));

    /// <summary>The statements of a text.</summary>
    public static IEnumerable<SqlQuery> Read(string sql)
    {
        var rest = SqlToken.Read(sql);
        while (rest.Count > 0)
        {
            var statement = rest.TakeWhile(token => token.Text != ";").ToList();
            if (statement.Count > 0)
            {
                yield return new SqlQuery(statement, null);
            }

            rest = [.. rest.Skip(statement.Count + 1)];
        }
    }

    /// <summary>Its own words, those in parentheses that are no query among them.</summary>
    public IEnumerable<SqlToken> Words => Flatten(Tokens);

    /// <summary>Names before a point.</summary>
    public IEnumerable<string> Qualifiers
    {
        get
        {
            var words = Words.ToList();
            return Enumerable.Range(0, Math.Max(0, words.Count - 1)).Where(i => words[i + 1].Text == ".").Select(i => words[i].Text).Distinct();
        }
    }

    /// <summary>Whether words follow each other, on one level.</summary>
    public bool Says(params string[] words) => Says(Tokens, words);

    private static bool Says(IReadOnlyList<SqlToken> tokens, string[] words) =>
        Enumerable.Range(0, Math.Max(0, tokens.Count - words.Length + 1)).Any(i => words.Index().All(word => tokens[i + word.Index].Text == word.Item))
        || tokens.Any(token => token is { Inner: { } inner, IsQuery: false } && Says(inner, words));

    private static IEnumerable<SqlToken> Flatten(IEnumerable<SqlToken> tokens) => tokens.SelectMany(token => token is { Inner: { } inner, IsQuery: false } ? Flatten(inner).Prepend(token) : [token]);

    private static IEnumerable<IReadOnlyList<SqlToken>> QueriesIn(IEnumerable<SqlToken> tokens) =>
        tokens.SelectMany(token => token.Inner is null ? [] : token.IsQuery ? [token.Inner] : QueriesIn(token.Inner));

    private static (List<SqlRelation> Relations, bool JoinsByUsing) ReadRelations(IReadOnlyList<SqlToken> tokens)
    {
        var (relations, byUsing) = (new List<SqlRelation>(), false);
        var isDelete = tokens.Any(token => token.Text is "delete" or "merge");
        for (var i = 0; i < tokens.Count; i++)
        {
            var isUsing = tokens[i].Text == "using";
            if (isUsing && i + 1 < tokens.Count && tokens[i + 1] is { Text: "(", IsQuery: false })
            {
                byUsing = true;
                continue;
            }

            var isFrom = tokens[i].Text is "from" or "join" or "copy" or "into" || (isUsing && isDelete) || (tokens[i].Text is "update" && !(i > 0 && tokens[i - 1].Text is "do" or "for" or "key")) || (tokens[i].Text == "table" && i + 1 < tokens.Count && tokens[0].Text is "drop" or "alter" or "lock" or "truncate" or "create") || (tokens[i].Text == "on" && tokens[0].Text == "create");
            if (!isFrom || (i > 0 && tokens[i - 1].Text == "distinct"))
            {
                continue;
            }

            var start = i;
            while (start > 0 && Joins.Contains(tokens[start - 1].Text))
            {
                start--;
            }

            var join = string.Join(' ', tokens.Skip(start).Take(i - start + 1).Select(token => token.Text));
            do
            {
                i = ReadRelation(tokens, i + 1, join, relations);
                join = ",";
            }
            while (i + 1 < tokens.Count && tokens[i + 1].Text == ",");
        }

        return (relations, byUsing);
    }

    /// <returns>The last token of it, or the comma's place less one.</returns>
    private static int ReadRelation(IReadOnlyList<SqlToken> tokens, int i, string join, List<SqlRelation> relations)
    {
        while (i < tokens.Count && tokens[i].Text is "only" or "lateral" or "if" or "not" or "exists" or ",")
        {
            i++;
        }

        if (i >= tokens.Count || tokens[i].Text is "stdin" or "stdout")
        {
            return i;
        }

        var name = tokens[i] is { Text: "(" } ? "" : tokens[i].Text;
        while (i + 2 < tokens.Count && tokens[i + 1].Text == ".")
        {
            i += 2;
            name = tokens[i].Text;
        }

        // A function's arguments, or columns of a COPY.
        if (name.Length > 0 && i + 1 < tokens.Count && tokens[i + 1].Text == "(")
        {
            i++;
        }

        var alias = name;
        if (i + 1 < tokens.Count && tokens[i + 1].Text == "as")
        {
            i++;
        }

        if (i + 1 < tokens.Count && char.IsLetter(tokens[i + 1].Text[0]) && !Ends.Contains(tokens[i + 1].Text) && !Joins.Contains(tokens[i + 1].Text))
        {
            alias = tokens[++i].Text;
            if (i + 1 < tokens.Count && tokens[i + 1].Text == "(")
            {
                i++;
            }
        }

        relations.Add(new SqlRelation(name, alias, join));
        return i;
    }
}
