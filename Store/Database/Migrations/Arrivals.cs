using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>In which transaction calls were stored, for those who follow. What was stored before is not known.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261129030000_Arrivals")]
internal sealed class Arrivals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table arrival (
            xid xid8 not null default pg_current_xact_id(),
            batch_id bigint not null,
            ordinals bytea not null,
            calls integer not null,
            oldest timestamptz not null,
            newest timestamptz not null,
            stored_at timestamptz not null,
            constraint pk_arrival primary key (xid, batch_id));
        create index ix_arrival_stored_at on arrival using brin (stored_at);

        create table arrival_floor (xid xid8 not null, at timestamptz);
        insert into arrival_floor values (pg_current_xact_id(), (select now() where exists (select from ingest_batch)));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table arrival, arrival_floor;");
}
