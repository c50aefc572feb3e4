using KubeLens.Store.Distribution;
using KubeLens.Store.Tests.Distribution.Rules;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Distribution;

/// <summary>The Store with <c>Database:Distribution=citus</c> on a plain PostgreSQL that refuses what Citus refuses when tables are made, and whose statements are read for what Citus refuses when they run.</summary>
public sealed class DistributedSqlTests(PostgresServer postgres)
{
    public static TheoryData<string> Scenarios => [.. DistributedScenarios.All.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Statements_OfTheStore_HaveNothingThatCitusLacks(string scenario)
    {
        using var run = DistributedRun.OnStandIn();

        await DistributedScenarios.All[scenario](postgres);

        run.Capture.Texts.ShouldContain(text => text.Contains("create_distributed_table", StringComparison.Ordinal));
        run.Capture.Texts.Count(text => SqlQuery.Read(text).Any(statement => statement.TouchesDistributed)).ShouldBeGreaterThan(5, "else nothing was looked at");
        run.Capture.Texts.SelectMany(text => SqlRule.BrokenBy(text).Select(rule => $"{rule.Name}: {text}")).ShouldBeEmpty();
    }

    /// <summary>What is not sent in any scenario is not looked at: this is how many kinds of statement are.</summary>
    [Fact]
    public async Task Scenarios_Together_TouchEachDistributedTableInEachWay()
    {
        using var run = DistributedRun.OnStandIn();
        foreach (var scenario in (string[])["holds", "purges", "audit events", "a lost gateway", "retention by size"])
        {
            await DistributedScenarios.All[scenario](postgres);
        }

        var ways = run.Capture.Texts.SelectMany(SqlQuery.Read).SelectMany(statement => statement.WithAllInner).SelectMany(query => query.Relations.Where(relation => relation.IsDistributed).Select(relation => $"{query.Command} {TablePlacements.Distributed.OrderByDescending(table => table.Table.Length).First(table => relation.Name.StartsWith(table.Table, StringComparison.Ordinal)).Table}")).Distinct().ToList();

        foreach (var way in (string[])["copy call", "select call", "delete call", "update call", "insert call", "drop call", "copy pack", "select pack", "update pack", "delete pack", "drop pack", "copy call_chunk", "select call_chunk", "delete call_chunk", "copy body_pack", "select body_pack", "update body_pack", "drop body_pack"])
        {
            ways.ShouldContain(way);
        }
    }
}
