namespace KubeLens.Store.Tests.Distribution.Rules;

/// <summary>The rules find what they are for, and nothing in what is allowed.</summary>
public sealed class SqlRulesTests
{
    public static TheoryData<string, string> Forbidden => new()
    {
        { "a row lock over several shards", "select batch_id from pack where batch_id = any($1) order by batch_id for update" },
        { "a row lock over several shards", "select o.ord from call o where o.at > $1 limit 5 for update of o skip locked" },
        { "a row lock over several shards", "select ord from call_2026112907 where at = $1 for share" },
        { "a subquery that is correlated with another table", "delete from segment where hour < $1 and not exists (select from call_chunk c where c.seg_id = segment.seg_id)" },
        { "a subquery that is correlated with another table", "select s.hour from segment s where exists (select from call o where o.at >= s.hour)" },
        { "a subquery that is correlated with another table", "select c.seg_id from call_chunk c where not exists (select from segment s where s.seg_id = c.seg_id)" },
        { "a subquery that is correlated with another table", "select d.value, n.calls from dim d cross join lateral (select count(*) as calls from call c where c.user_id = d.id) n" },
        { "an outer join with something small on the outer side", "select k.at from unnest($1, $2) as k (at, batch_id) left join call c on c.batch_id = k.batch_id" },
        { "an outer join with something small on the outer side", "select h.name from call c right join hold h on h.from_at = c.at" },
        { "a join of distributed tables that is not on their keys", "select count(*) from call c join pack p on p.drop_day = c.drop_day" },
        { "a join of distributed tables that is not on their keys", "select count(*) from call c, call_chunk k where k.ts_min = c.at" },
        { "grouping sets", "select user_id, count(*) from call group by rollup (user_id, verb_id)" },
        { "grouping sets", "select user_id, count(*) from call group by grouping sets ((user_id), ())" },
        { "tablesample", "select at from call tablesample system (1)" },
        { "a recursive query", "with recursive t as (select min(at) as at from call union all select at from t) select at from t" },
        { "merge", "merge into call c using call_ended e on c.batch_id = e.batch_id when matched then delete" },
        { "a change within a with query", "with gone as (delete from pack_held p using unnest($1) as f (batch_id) where p.batch_id = f.batch_id) update call_overflow set drop_day = drop_day - 1" },
        { "a change within a with query", "with gone as (delete from call where at < $1 returning at) insert into rollup_gap select at from gone" },
        { "a volatile function in a change", "update call set trace_id = gen_random_uuid() where batch_id = $1" },
        { "a volatile function in a change", "delete from pack where batch_id = $1 and pg_try_advisory_xact_lock(1)" },
        { "a change that joins by using", "delete from call c using call_ended e join unnest($1, $2) as k (boot, sequence) using (boot, sequence) where c.batch_id = e.batch_id" },
        { "a change of the key by which rows are spread", "update call set ord = 0, batch_id = $1 where batch_id = $2" },
        { "rows by their place or table (ctid, tableoid)", "delete from call where ctid = any(array(select ctid from call limit 1))" },
        { "rows by their place or table (ctid, tableoid)", "select tableoid::regclass from call_chunk" },
        { "a distinct aggregate", "select (array_agg(distinct case when name = '' then path else name end))[1:5] from call group by user_id" },
        { "detach concurrently", "alter table call detach partition call_2026112907 concurrently" },
        { "a size that only the coordinator's shell has", "select sum(pg_total_relation_size(relid)) from (select (pg_partition_tree(parent)).relid from unnest(array['call', 'pack']::regclass[]) parent) tree" },
        { "a size that only the coordinator's shell has", "select pg_total_relation_size('call_2026112907')" },
        { "a constraint, trigger or rule made beside the migrations", "create trigger t after insert on call for each row execute function f()" },
        { "a constraint, trigger or rule made beside the migrations", "alter table pack add constraint f foreign key (batch_id) references ingest_batch (batch_id)" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Statement_ThatCitusLacks_BreaksItsRule(string rule, string sql)
    {
        SqlRule.BrokenBy(sql).Select(broken => broken.Name).ShouldContain(rule);
        SqlRule.BrokenBy($"set local lock_timeout = '50ms'; {sql}; select 1").Select(broken => broken.Name).ShouldContain(rule);
    }

    [Fact]
    public void Rules_AreEachPlantedOnceAndCiteTheirSource()
    {
        Forbidden.Select(row => row.Data.Item1).Distinct().ShouldBe(SqlRules.All.Select(rule => rule.Name), ignoreOrder: true);
        SqlRules.All.ShouldAllBe(rule => rule.Reference.StartsWith("https://docs.citusdata.com/", StringComparison.Ordinal) || rule.Reference.StartsWith("https://github.com/citusdata/citus/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("select codec, data, raw_length from pack where batch_id = $1 and seq = $2 and drop_day = $3 for update")]
    [InlineData("select key from audit_pending where key = any($1) order by key for update skip locked")]
    [InlineData("select o.ctid from call_overflow o where not exists (select from call_ended e where e.lost and e.batch_id = o.batch_id) for update of o")]
    [InlineData("delete from call c using unnest($1, $2, $3) as k (at, batch_id, ord) where c.at between $4 and $5 and (c.at, c.batch_id, c.ord) = (k.at, k.batch_id, k.ord) returning c.at")]
    [InlineData("update call c set flags = c.flags | 4 from unnest($1, $2, $3) as k (at, batch_id, ord) where (c.at, c.batch_id, c.ord) = (k.at, k.batch_id, k.ord)")]
    [InlineData("select seg_id, data from call_chunk where (seg_id, chunk_no, day) in (select * from unnest($1, $2, $3))")]
    [InlineData("select seg_id, substring(data from offsets[1] + 1 for offsets[2] - offsets[1]) from call_chunk where day >= $1 order by ts_max desc limit $2")]
    [InlineData("select exists (select from call where drop_day = '2026-11-29') or exists (select from call_overflow where drop_day = '2026-11-29')")]
    [InlineData("select p.codec from call c left join pack p on p.batch_id = c.batch_id and p.seq = c.pack_seq")]
    [InlineData("copy call (at, batch_id) from stdin (format binary)")]
    [InlineData("select pg_total_relation_size('call_overflow') + citus_total_relation_size('call')")]
    [InlineData("select boot from call_ended join unnest($1, $2) as k (boot, sequence) using (boot, sequence)")]
    [InlineData("drop table if exists call_2026112907; update segment set calls = 0 where hour >= $1")]
    public void Statement_ThatCitusHas_BreaksNone(string sql) => SqlRule.BrokenBy(sql).Select(broken => broken.Name).ShouldBeEmpty();
}
