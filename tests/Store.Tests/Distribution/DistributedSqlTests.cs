using System.Reflection;
using KubeLens.Store.Database;
using KubeLens.Store.Distribution;
using KubeLens.Store.Tests.Distribution.Rules;
using KubeLens.Testing;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace KubeLens.Store.Tests.Distribution;

/// <summary>The Store with <c>Database:Distribution=citus</c> on a plain PostgreSQL that refuses what Citus refuses when tables are made, and whose statements are read for what Citus refuses when they run.</summary>
public sealed class DistributedSqlTests(PostgresServer postgres)
{
    private const string LastBefore = "20261129110000_AccessDays";

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

    /// <summary>A migration that comes after the tables were distributed meets Citus; older ones have run before.</summary>
    [Fact]
    public void Migrations_ThatMeetDistributedTables_HaveNothingThatCitusLacks()
    {
        var migrations = typeof(StoreContext).Assembly.GetTypes().Where(type => type.GetCustomAttribute<MigrationAttribute>() is not null)
            .ToDictionary(type => type.GetCustomAttribute<MigrationAttribute>()!.Id, type => ((Migration)Activator.CreateInstance(type)!).UpOperations.OfType<SqlOperation>().Select(operation => operation.Sql).ToList());

        migrations.ShouldContainKey(LastBefore);
        migrations.Where(migration => string.CompareOrdinal(migration.Key, LastBefore) > 0).SelectMany(migration => migration.Value).SelectMany(SqlRule.BrokenBy).ShouldBeEmpty();
        migrations["20261128130000_Holds"].SelectMany(SqlRule.BrokenBy).Select(rule => rule.Name).ShouldBe(["a subquery that is correlated with another table"], "an older one that would not do");
    }

    /// <summary>What is not sent in any scenario is not looked at: this is which kinds of statement are.</summary>
    [Fact]
    public async Task Scenarios_Together_TouchEachDistributedTableInEachWay()
    {
        using var run = DistributedRun.OnStandIn();
        foreach (var scenario in (string[])["holds", "purges", "audit events", "a lost gateway", "retention by size"])
        {
            await DistributedScenarios.All[scenario](postgres);
        }

        var ways = run.Capture.Texts.SelectMany(SqlQuery.Read).SelectMany(statement => statement.WithAllInner).SelectMany(query => query.Relations.Where(relation => relation.IsDistributed).Select(relation => $"{query.Command} {TablePlacements.Distributed.OrderByDescending(table => table.Table.Length).First(table => relation.Name.StartsWith(table.Table, StringComparison.Ordinal)).Table}")).Distinct().ToList();

        foreach (var way in (string[])["select call", "delete call", "update call", "insert call", "drop call", "select pack", "update pack", "delete pack", "drop pack", "select call_chunk", "delete call_chunk", "select body_pack", "update body_pack", "drop body_pack"])
        {
            ways.ShouldContain(way);
        }
    }
}
