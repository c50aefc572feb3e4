using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>Searches that people keep.</summary>
[DbContext(typeof(StoreContext))]
[Migration("20261128232000_SavedSearches")]
internal sealed class SavedSearches : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table saved_search (
            owner text collate "C" not null,
            name text collate "C" not null,
            query text collate "C" not null,
            from_text text collate "C" not null,
            to_text text collate "C" not null,
            columns text[] not null,
            is_shared boolean not null,
            changed_at timestamptz not null,
            constraint pk_saved_search primary key (owner, name));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table saved_search;");
}
