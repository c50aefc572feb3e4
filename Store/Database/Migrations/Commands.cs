using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>Runs of kubectl among calls that are not sealed. Most calls are of none, and then in neither index.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261128233000_Commands")]
internal sealed class Commands : Migration
{
    private static readonly string[] Tables = ["call", "call_overflow"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"""
                create index ix_{table}_session on {table} (session, at desc) where session is not null;
                create index ix_{table}_command on {table} (at desc) where session is not null;
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"drop index ix_{table}_session, ix_{table}_command;");
        }
    }
}
