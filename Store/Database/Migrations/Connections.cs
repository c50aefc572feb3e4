using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>
/// What searches ask of a call's connections. The defaults mean "not known" and live in the catalogue: no row is rewritten,
/// and the partitions that there are take the columns from their parent.
/// </summary>
[DbContext(typeof(StoreContext))]
[Migration("20261124000000_Connections")]
internal sealed class Connections : Migration
{
    private static readonly string[] Tables = ["call", "call_overflow"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"""
                alter table {table}
                    add column client_tls_id integer not null default 0,
                    add column peer_id integer not null default 0,
                    add column upstream_us bigint not null default -1;
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"alter table {table} drop column client_tls_id, drop column peer_id, drop column upstream_us;");
        }
    }
}
