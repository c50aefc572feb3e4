namespace KubeLens.Store.Tests.Distribution.Rules;

/// <summary>Something that Citus does not do with distributed tables.</summary>
/// <param name="Name">Of what is forbidden.</param>
/// <param name="Reference">Where it is said.</param>
/// <param name="IsBroken">Asked of every query of a statement that has a distributed table somewhere.</param>
internal sealed record SqlRule(string Name, string Reference, Func<SqlQuery, bool> IsBroken)
{
    /// <summary>The rules that a text breaks.</summary>
    public static IEnumerable<SqlRule> BrokenBy(string sql)
    {
        var statements = SqlQuery.Read(sql).Where(statement => statement.TouchesDistributed || SqlRules.SizeOf(statement)).ToList();
        return SqlRules.All.Where(rule => statements.Any(statement => statement.WithAllInner.Any(rule.IsBroken)));
    }
}
