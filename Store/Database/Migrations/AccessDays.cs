using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KubeLens.Store.Database.Migrations;

/// <summary>
/// What was used on each day, of sealed calls. Of a day and a user in <c>access_gap</c> it does not say all, or too much; user 0 stands for
/// all of them. Days that have sealed calls by now are gaps: their calls are read one by one.
/// </summary>
[DbContext(typeof(StoreContext))]
[Migration("20261129110000_AccessDays")]
internal sealed class AccessDays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table access_day (
            day date not null,
            cluster_id integer not null,
            user_id integer not null,
            as_id integer not null,
            resource_id integer not null,
            verb_id integer not null,
            namespace_id integer not null,
            result smallint not null,
            calls bigint not null,
            last_at timestamptz not null,
            names text[] collate "C" not null,
            has_more boolean not null,
            constraint pk_access_day primary key (user_id, day, as_id, cluster_id, resource_id, verb_id, namespace_id, result));
        create index ix_access_day_as on access_day (as_id, day);
        create index ix_access_day_day on access_day (day);

        create table access_gap (
            day date not null,
            user_id integer not null,
            constraint pk_access_gap primary key (day, user_id));

        insert into access_gap
        select distinct (hour at time zone 'UTC')::date, 0 from segment where state >= 2;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table access_day, access_gap;");
}
