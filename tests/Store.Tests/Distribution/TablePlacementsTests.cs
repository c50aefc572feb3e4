using KubeLens.Store.Distribution;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Distribution;

/// <summary>The schema that the migrations make, against where its tables are to lie.</summary>
public sealed class TablePlacementsTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Placements_AreOfEveryTableAndNoOther()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        var tables = await store.ScalarAsync<string[]>("select array_agg(relname::text) from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition", Cancel);

        TablePlacements.All.Select(placement => placement.Table).ShouldBe(tables, ignoreOrder: true, "a table that a migration adds or drops is to be added to, or taken from, TablePlacements");
        TablePlacements.All.ShouldAllBe(placement => placement.Reason.Length > 0);
    }

    [Fact]
    public async Task DistributedTables_HaveNothingThatCitusRefuses()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        foreach (var placement in TablePlacements.Distributed)
        {
            var tree = $"select relid from pg_partition_tree('{placement.Table}')";
            (await store.ScalarAsync<string[]>($"""
                select coalesce(array_agg(x.indexrelid::regclass::text), array[]::text[]) from pg_index x where x.indrelid in ({tree}) and (x.indisunique or x.indisexclusion)
                and not exists (select from pg_attribute a where a.attrelid = x.indrelid and a.attname = '{placement.Column}' and a.attnum = any(x.indkey::smallint[]))
                """, Cancel)).ShouldBeEmpty($"unique indexes of {placement.Table} without {placement.Column}");
            (await store.ScalarAsync<long>($"select count(*) from pg_constraint where contype = 'f' and (conrelid in ({tree}) or confrelid in ({tree}))", Cancel)).ShouldBe(0, $"foreign keys of {placement.Table}");
            (await store.ScalarAsync<long>($"select count(*) from pg_trigger where tgrelid in ({tree}) and not tgisinternal", Cancel)).ShouldBe(0, $"triggers of {placement.Table}");
            (await store.ScalarAsync<long>($"select count(*) from pg_attribute where attrelid in ({tree}) and (attidentity <> '' or attgenerated <> '')", Cancel)).ShouldBe(0, $"columns of {placement.Table} that the database fills in");
            (await store.ScalarAsync<string>($"select format_type(atttypid, null) from pg_attribute where attrelid = '{placement.Table}'::regclass and attname = '{placement.Column}' and attnotnull", Cancel)).ShouldBe("bigint");
        }
    }

    [Fact]
    public void Placements_NameATableBesideWhichTheyLie_BeforeThem()
    {
        foreach (var (index, placement) in TablePlacements.All.Index().Where(placement => placement.Item.With is not null))
        {
            TablePlacements.All.Take(index).ShouldContain(before => before.Table == placement.With && before.Column == placement.Column);
        }
    }
}
