using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>
/// What the apiserver's own audit events add to calls, the events that wait for their call, and how far gateways have delivered. <c>key</c>
/// identifies a request by what its apiserver chose (see <c>AuditEvent</c>), never by the audit-id alone, which callers choose.
/// </summary>
[DbContext(typeof(StoreContext))]
[Migration("20261128120000_Audit")]
internal sealed class Audit : Migration
{
    private static readonly string[] Tables = ["call", "call_overflow", "call_open"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"alter table {table} add column decision_id integer, add column audited_at timestamptz;");
        }

        migrationBuilder.Sql("""
            alter table gateway_boot add column delivered_at timestamptz;

            create table audit_pending (
                key uuid not null,
                audit_id uuid,
                stage smallint not null,
                received_at timestamptz not null,
                stage_at timestamptz not null,
                seen_at timestamptz not null,
                record bytea not null,
                placed_at timestamptz,
                placed_batch bigint,
                placed_ord smallint,
                constraint pk_audit_pending primary key (key));
            create index ix_audit_pending_audit on audit_pending using hash (audit_id);
            create index ix_audit_pending_stage_at on audit_pending (stage_at) where placed_at is null;
            create index ix_audit_pending_seen_at on audit_pending (seen_at) where placed_at is not null;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("drop table audit_pending; alter table gateway_boot drop column delivered_at;");
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"alter table {table} drop column decision_id, drop column audited_at;");
        }
    }
}
