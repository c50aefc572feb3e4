using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>
/// Counts of ended calls by minute, and by five minutes, of what they have in some columns. The sum over all shards is the count; each shard
/// has one writer at a time. Of an hour in <c>rollup_gap</c> they do not say all: those that have calls by now are, and whatever was made ahead.
/// </summary>
[DbContext(typeof(StoreContext))]
[Migration("20261128124500_Rollups")]
internal sealed class Rollups : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table rollup_resource (
            at timestamptz not null,
            shard smallint not null,
            cluster_id integer not null,
            resource_id integer not null,
            verb_id integer not null,
            status smallint not null,
            kind smallint not null,
            calls bigint not null,
            constraint pk_rollup_resource primary key (at, cluster_id, resource_id, verb_id, status, kind, shard)) partition by range (at);

        create table rollup_user (
            at timestamptz not null,
            shard smallint not null,
            cluster_id integer not null,
            user_id integer not null,
            status smallint not null,
            calls bigint not null,
            constraint pk_rollup_user primary key (at, cluster_id, user_id, status, shard)) partition by range (at);

        create table rollup_namespace (
            at timestamptz not null,
            shard smallint not null,
            cluster_id integer not null,
            namespace_id integer not null,
            status smallint not null,
            kind smallint not null,
            calls bigint not null,
            constraint pk_rollup_namespace primary key (at, cluster_id, namespace_id, status, kind, shard)) partition by range (at);

        create table rollup_gap (
            hour timestamptz not null,
            constraint pk_rollup_gap primary key (hour));

        insert into rollup_gap
        select make_timestamptz(substr(name, 6, 4)::integer, substr(name, 10, 2)::integer, substr(name, 12, 2)::integer, substr(name, 14, 2)::integer, 0, 0, 'UTC')
        from (select c.relname::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'call'::regclass) leaf where name ~ '^call_[0-9]{10}$'
        union
        select date_trunc('hour', at, 'UTC') from call_overflow
        union
        select hour from segment;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table rollup_resource, rollup_user, rollup_namespace, rollup_gap;");
}
