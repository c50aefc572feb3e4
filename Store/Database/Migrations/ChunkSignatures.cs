using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>Which parts of texts, and which pairs of values, a chunk may have: null of those that were sealed before.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261129220000_ChunkSignatures")]
internal sealed class ChunkSignatures : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table call_chunk add column signature bytea;
        alter table call_chunk alter signature set storage external;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("alter table call_chunk drop column signature;");
}
