namespace KubeLens.Store.Tests.Distribution;

/// <summary>
/// The functions of Citus that the Store calls, for a plain PostgreSQL. Nothing is spread; what Citus refuses is refused, by the rules of its
/// documentation: <see href="https://docs.citusdata.com/en/stable/develop/reference_ddl.html"/>, <see href="https://docs.citusdata.com/en/stable/develop/reference_workarounds.html"/>.
/// </summary>
internal static class CitusStandIn
{
    public const string Schema = "citus_stand_in";

    public const string Sql = """
        create schema if not exists citus_stand_in;

        create table if not exists citus_stand_in.pg_dist_partition (logicalrelid regclass primary key, partmethod "char" not null, partkey text, colocationid integer not null);

        create or replace function citus_stand_in.column_to_column_name(table_name regclass, column_var_text text) returns text language sql as 'select $2';

        create or replace function citus_stand_in.citus_total_relation_size(logicalrelid regclass, fail_on_error boolean default true) returns bigint language plpgsql as $$
        begin
            if not exists (select from citus_stand_in.pg_dist_partition p where p.logicalrelid = $1) then
                raise feature_not_supported using message = format('cannot calculate the size because relation %s is not distributed', $1);
            end if;
            return (select sum(pg_total_relation_size(relid)) from pg_partition_tree($1));
        end $$;

        create or replace function citus_stand_in.create_distributed_table(table_name regclass, distribution_column text, distribution_type text default 'hash', colocate_with text default 'default', shard_count integer default null)
        returns void language plpgsql as $$
        declare
            tree regclass[] := array(select relid from pg_partition_tree(table_name) union select table_name);
            column_type regtype;
            fault text;
            beside_id integer;
            beside_type regtype;
        begin
            select a.atttypid::regtype into column_type from pg_attribute a where a.attrelid = table_name and a.attname = distribution_column and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
            if colocate_with not in ('default', 'none') then
                select p.colocationid, a.atttypid::regtype into beside_id, beside_type from citus_stand_in.pg_dist_partition p join pg_attribute a on a.attrelid = p.logicalrelid and a.attname = p.partkey where p.logicalrelid = colocate_with::regclass;
            end if;

            fault := case
                when exists (select from citus_stand_in.pg_dist_partition where logicalrelid = table_name) then 'is distributed already'
                when (select relkind not in ('r', 'p') or relpersistence = 't' from pg_class where oid = table_name) then 'is no table that can be distributed'
                when (select relispartition from pg_class where oid = table_name) then 'is a partition: its parent is distributed'
                when column_type is null then format('has no column %s to be distributed by', distribution_column)
                when exists (select from pg_partition_tree(table_name) where level > 1) then 'has partitions of partitions'
                when exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where not c.relispartition and (i.inhrelid = any(tree) or i.inhparent = any(tree))) then 'inherits'
                when exists (select from pg_index x where x.indrelid = any(tree) and (x.indisunique or x.indisexclusion)
                             and not (select a.attnum from pg_attribute a where a.attrelid = x.indrelid and a.attname = distribution_column) = any(x.indkey::smallint[])) then format('has a unique index without %s', distribution_column)
                when exists (select from pg_constraint where contype = 'f' and (conrelid = any(tree) or confrelid = any(tree))) then 'has a foreign key'
                when exists (select from pg_trigger where tgrelid = any(tree) and not tgisinternal) then 'has a trigger'
                when exists (select from pg_rewrite where ev_class = any(tree)) then 'has a rule'
                when exists (select from pg_attribute where attrelid = any(tree) and (attidentity <> '' or pg_get_serial_sequence(attrelid::regclass::text, attname) is not null) and atttypid <> 'bigint'::regtype and not attisdropped and attnum > 0) then 'counts in something else than bigint'
                when colocate_with not in ('default', 'none') and beside_id is null then format('cannot lie beside %s, which is not distributed', colocate_with)
                when beside_type <> column_type then format('cannot lie beside %s, which is distributed by another type', colocate_with)
            end;
            if fault is not null then
                raise feature_not_supported using message = format('%s %s', table_name, fault);
            end if;

            insert into citus_stand_in.pg_dist_partition
            select relation, 'h', distribution_column, coalesce(beside_id, (select coalesce(max(colocationid), 0) + 1 from citus_stand_in.pg_dist_partition)) from unnest(tree) relation;
        end $$;
        """;
}
