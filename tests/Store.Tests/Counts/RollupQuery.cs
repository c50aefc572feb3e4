namespace KubeLens.Store.Tests.Counts;

/// <summary>Compares rollups with a fresh count of all calls that are there, sealed ones left out.</summary>
internal static class RollupQuery
{
    private const string Stored = "(select * from call union all select * from call_overflow) c join dim u on u.id = c.user_id where not exists (select from rollup_gap g where g.hour = date_trunc('hour', c.at, 'UTC'))";

    private const string Kind = "case when u.value = '' then 0 when u.value not like 'system:%' then 1 when u.value like 'system:serviceaccount:%' then 2 when u.value like 'system:node:%' then 3 else 4 end";

    /// <summary>Keys whose sum over all shards is another than there are calls.</summary>
    public static async Task<long> WrongSumsAsync(this TestStore store, CancellationToken cancellationToken)
    {
        var wrong = 0L;
        foreach (var (table, grain, columns) in new[] { ("rollup_resource", "1 minute", "cluster_id, resource_id, verb_id, status, kind"), ("rollup_namespace", "5 minutes", "cluster_id, namespace_id, status, kind"), ("rollup_user", "5 minutes", "cluster_id, user_id, status") })
        {
            var fresh = columns.Replace("kind", $"{Kind} as kind", StringComparison.Ordinal);
            wrong += await store.ScalarAsync<long>($"""
                with fresh as (select date_bin('{grain}', c.at, 'epoch') as at, {fresh}, count(*) as calls from {Stored} group by 1, {string.Join(", ", Enumerable.Range(2, columns.Split(", ").Length))}),
                     kept as (select at, {columns}, sum(calls)::bigint as calls from {table} r where not exists (select from rollup_gap g where g.hour = date_trunc('hour', r.at, 'UTC')) group by at, {columns} having sum(calls) <> 0)
                select count(*) from ((table fresh except table kept) union all (table kept except table fresh)) different
                """, cancellationToken);
        }

        return wrong;
    }
}
