using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>
/// What bodies, options and headers told of a call. Most rows have little of it, so the columns may be null, which takes no
/// space; the resource version is text, because Kubernetes says that it is.
/// </summary>
[DbContext(typeof(StoreContext))]
[Migration("20261124120001_Facts")]
internal sealed class Facts : Migration
{
    private static readonly string[] Tables = ["call", "call_overflow"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"""alter table {table} add column uid uuid, add column rv text collate "C" not null default '', add column session uuid, add column options_id integer, add column warnings_id integer;""");
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"alter table {table} drop column uid, drop column rv, drop column session, drop column options_id, drop column warnings_id;");
        }
    }
}
