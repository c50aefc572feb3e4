using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>The only cluster that a token shows; null for all. An admin's is of all.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261129230000_TokenClusters")]
internal sealed class TokenClusters : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table api_token add column cluster text collate "C";
        alter table api_token add constraint ck_api_token_cluster check (cluster is null or role <> 'admin');
        """);

    // A token of one cluster would be one of all: it goes.
    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        delete from api_token where cluster is not null;
        alter table api_token drop constraint ck_api_token_cluster;
        alter table api_token drop column cluster;
        """);
}
