using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>
/// Calls that have not ended, what has become of those that have, and which gateways live. <c>call_open</c> has the columns of <c>call</c>, so that one
/// condition searches both; whoever adds a column to <c>call</c> from here on adds it there, too.
/// </summary>
[DbContext(typeof(StoreContext))]
[Migration("20261124140000_InFlight")]
internal sealed class InFlight : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table call_open (like call including defaults);
        alter table call_open
            add column boot text collate "C" not null,
            add column started_at timestamptz not null,
            add column raw_length integer not null,
            add column record bytea not null,
            add constraint pk_call_open primary key (boot, sequence, gateway_id);

        create table call_ended (
            boot text collate "C" not null,
            sequence bigint not null,
            gateway_id integer not null,
            at timestamptz not null,
            batch_id bigint not null,
            ord smallint not null,
            lost boolean not null,
            ended_at timestamptz not null,
            constraint pk_call_ended primary key (boot, sequence, gateway_id));
        create index ix_call_ended_ended_at on call_ended (ended_at);

        create table gateway_boot (
            gateway_id integer not null,
            boot text collate "C" not null,
            seen_at timestamptz not null,
            lease_at timestamptz,
            lease_ms bigint not null default 0,
            has_calls boolean not null default false,
            constraint pk_gateway_boot primary key (gateway_id, boot));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table call_open, call_ended, gateway_boot;");
}
