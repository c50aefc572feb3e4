namespace KubeLens.Store.Arrivals;

/// <summary>
/// A snapshot that takes a transaction for running until it has ended altogether. On Citus a coordinator shows a transaction as committed a moment
/// before its workers do, so that its arrival could be told, and passed over, before its calls are there. It gives its locks back after they have
/// committed, the one on its own id among them.
/// </summary>
internal static class EndedSnapshot
{
    public static readonly string Sql = Of("pg_current_snapshot()", "select transactionid::text::bigint from pg_locks where locktype = 'transactionid' and mode = 'ExclusiveLock' and granted");

    /// <param name="snapshot">Taken before the locks are looked at: what ends between is seen.</param>
    /// <param name="locked">A query for transactions that have their lock: the lower 32 bits of their ids.</param>
    public static string Of(string snapshot, string locked) => $"""
        (with taken as materialized (select {snapshot} as s),
              running as (
                  select x::text::bigint as id from taken, pg_snapshot_xip(s) as x
                  union
                  select top - age from (select pg_snapshot_xmax(s)::text::bigint as top from taken) t, lateral (select (top - x + 4294967296) % 4294967296 as age from ({locked}) l (x)) a where age between 1 and 2147483647)
         select least(pg_snapshot_xmin(s)::text::bigint, (select min(id) from running))::text || ':' || pg_snapshot_xmax(s)::text || ':' || coalesce((select string_agg(id::text, ',' order by id) from running), '') from taken)
        """;
}
