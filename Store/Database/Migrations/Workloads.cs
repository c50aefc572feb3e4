using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>The pod and node that called, as <see cref="Connections"/> added its columns: older rows say "not known" by their default.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261124120000_Workloads")]
internal sealed class Workloads : Migration
{
    private static readonly string[] Tables = ["call", "call_overflow"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"alter table {table} add column workload_id integer not null default 0;");
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"alter table {table} drop column workload_id;");
        }
    }
}
