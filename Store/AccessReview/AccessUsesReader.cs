using System.Data;
using KubeLens.Store.Counts;
using KubeLens.Store.Database;
using KubeLens.Store.Holds;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing.Columns;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.AccessReview;

/// <summary>
/// What a user did use on some days, in one snapshot, so that each call counts once wherever it lies:
/// <code>
/// 1 the ids of the user, the gaps, and since when anything is known → 2 what is counted of sealed calls → 3 rows that are not sealed → 4 chunks of the gaps, one by one
/// </code>
/// </summary>
internal sealed class AccessUsesReader(NpgsqlDataSource database, TimeProvider time, IOptions<SearchOptions> options)
{
    private const int ChunksAtOnce = 16;
    private const int NamesOfAStatement = AccessCount.MaxNames + 1;

    private static readonly string[] Columns = ["at", "cluster_id", "user_id", "impersonated_user_id", "resource_id", "verb_id", "namespace_id", "status", "name", "path"];
    private static readonly int[] Numbers = Array.ConvertAll(Columns, ChunkColumns.NumberOf);

    /// <summary>Fails with <see cref="PostgresException"/> <c>query_canceled</c> when the database takes longer than <c>Search:TimeoutSeconds</c>.</summary>
    public async Task<AccessUses> ReadAsync(string subject, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var budget = new CountBudget(time, TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (user, impersonated) = (Lookup(DimKind.User, subject), Lookup(DimKind.ImpersonatedUser, subject));
        var hidden = await SearchStart.ReadAsync(connection, [user, impersonated], budget.Left, cancellationToken);
        var who = new Asked(user.Ids, impersonated.Ids, from, to);
        var (since, gaps, lost) = await ReadStartAsync(connection, who, budget, cancellationToken);
        var tally = new AccessTally();
        if (user.Ids.Length + impersonated.Ids.Length > 0)
        {
            await ReadDaysAsync(connection, who, tally, budget, cancellationToken);
            await ReadRowsAsync(connection, who, hidden, tally, budget, cancellationToken);
            await ReadChunksAsync(connection, who, gaps, tally, budget, cancellationToken);
        }

        return new AccessUses(tally.Counts, user.Ids.ToHashSet(), impersonated.Ids.ToHashSet(), since, lost);
    }

    private static DimLookup Lookup(DimKind kind, string value) => new(new DimTerm(kind, Sql.Of("value = ?", value)));

    // 1. A gap is a loss once the calls of its day are gone.
    private static async Task<(DateOnly? Since, HashSet<(DateOnly Day, int User)> Gaps, int Lost)> ReadStartAsync(NpgsqlConnection connection, Asked who, CountBudget budget, CancellationToken cancellationToken)
    {
        await using var batch = SealedChunks.Begin(connection, budget.Left);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            select least((select min(day) from access_day), (select (min(hour) at time zone 'UTC')::date from segment where calls > 0), (select (min(at) at time zone 'UTC')::date from call), (select (min(at) at time zone 'UTC')::date from call_overflow)),
                   (select at from call_floor limit 1)
            """));
        batch.BatchCommands.Add(Sql.Of("select day, user_id from access_gap where day >= ? and day <= ?", who.From, who.To).ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        DateOnly? since = reader.IsDBNull(0) ? null : reader.GetFieldValue<DateOnly>(0);
        var floor = reader.GetDateTime(1);
        await reader.NextResultAsync(cancellationToken);
        var gaps = new HashSet<(DateOnly Day, int User)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            gaps.Add((reader.GetFieldValue<DateOnly>(0), reader.GetInt32(1)));
        }

        var lost = gaps.Where(gap => (gap.User == AccessGaps.Everybody || who.Users.Contains(gap.User)) && gap.Day.ToDateTime(default, DateTimeKind.Utc) < floor).Select(gap => gap.Day).Distinct().Count();
        return (since, gaps, lost);
    }

    // 2
    private static async Task ReadDaysAsync(NpgsqlConnection connection, Asked who, AccessTally tally, CountBudget budget, CancellationToken cancellationToken)
    {
        await using var batch = SealedChunks.Begin(connection, budget.Left);
        batch.BatchCommands.Add((new Sql("""
            select d.day, d.cluster_id, d.user_id, d.as_id, d.resource_id, d.verb_id, d.namespace_id, d.result, d.calls, d.last_at, d.names, d.has_more from access_day d where 
            """, []) + Sql.Of("d.day >= ? and d.day <= ? and ", who.From, who.To) + Sql.Of("(d.user_id = any(?) or d.as_id = any(?))", who.Users, who.As) + $" and not {AccessGaps.Sql("d.day", "d")}").ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new AccessKey(
                reader.GetFieldValue<DateOnly>(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6), (AccessResult)reader.GetInt16(7));
            tally.Of(key).Add(reader.GetInt64(8), reader.GetDateTime(9), reader.GetFieldValue<string[]>(10), reader.GetBoolean(11));
        }
    }

    // 3. What a hold keeps is counted with sealed calls.
    private static async Task ReadRowsAsync(NpgsqlConnection connection, Asked who, IReadOnlyList<DateTime> hidden, AccessTally tally, CountBudget budget, CancellationToken cancellationToken)
    {
        const string Day = "(at at time zone 'UTC')::date";
        await using var batch = SealedChunks.Begin(connection, budget.Left);
        batch.Timeout = SearchStart.SilenceOf(budget.Left);
        foreach (var table in CallTables.All)
        {
            List<Sql> where = [Sql.Of("at >= ? and at < ?", Start(who.From), Start(who.To.AddDays(1))), Sql.Of("(user_id = any(?) or impersonated_user_id = any(?))", who.Users, who.As)];
            where.AddRange(table == CallTables.Call ? SearchStart.Without(hidden) : [new Sql($"({HeldDays.NotHeld} or {AccessGaps.Sql(Day, "call_overflow")})", [])]);
            // Names are made distinct by a group of their own: over several servers there is no array_agg(distinct).
            batch.BatchCommands.Add((new Sql($"select day, cluster_id, user_id, impersonated_user_id, resource_id, verb_id, namespace_id, status, sum(calls)::bigint, max(last_at), (array_agg(name order by name))[1:{NamesOfAStatement}] from (select {Day} as day, cluster_id, user_id, impersonated_user_id, resource_id, verb_id, namespace_id, status, {AccessName.Sql} as name, count(*) as calls, max(at) as last_at from {table} where ", [])
                + Sql.Join("and", where) + " group by 1, 2, 3, 4, 5, 6, 7, 8, 9) named group by 1, 2, 3, 4, 5, 6, 7, 8").ToCommand());
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var key = new AccessKey(
                    reader.GetFieldValue<DateOnly>(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6), AccessResults.Of(reader.GetInt16(7)));
                tally.Of(key).Add(reader.GetInt64(8), reader.GetDateTime(9), reader.GetFieldValue<string[]>(10), hasMore: false);
            }
        }
        while (await reader.NextResultAsync(cancellationToken));
    }

    // 4. A chunk lies within an hour, so within a day.
    private static async Task ReadChunksAsync(NpgsqlConnection connection, Asked who, HashSet<(DateOnly Day, int User)> gaps, AccessTally tally, CountBudget budget, CancellationToken cancellationToken)
    {
        var days = gaps.Select(gap => gap.Day).Distinct().ToArray();
        if (days.Length == 0)
        {
            return;
        }

        var (users, impersonated, last) = (who.Users.ToHashSet(), who.As.ToHashSet(), default(SealedChunks.Part));
        List<Sql> where =
        [
            new Sql("day = any(?)", [() => new NpgsqlParameter { Value = days, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date }]),
            new Sql("dims && ?", [() => new NpgsqlParameter<int[]> { TypedValue = [.. who.Users, .. who.As] }]),
        ];
        do
        {
            var chunks = await SealedChunks.ReadAsync(connection, Sql.Join("and", last is null ? where : [.. where, SealedChunks.After(last)]), Numbers, ChunksAtOnce, budget.Left, cancellationToken);
            foreach (var chunk in chunks.Select(chunk => chunk.Columns))
            {
                Take(chunk);
            }

            last = chunks.Count == ChunksAtOnce ? chunks[^1] : null;
        }
        while (last is not null);

        void Take(SealedChunk chunk)
        {
            int Id(string column, int row) => (int)chunk.Numbers(column)[row];
            for (var row = 0; row < chunk.Calls; row++)
            {
                var (user, other, at) = (Id("user_id", row), Id("impersonated_user_id", row), chunk.At(row));
                var day = DateOnly.FromDateTime(at);
                if ((users.Contains(user) || impersonated.Contains(other)) && (gaps.Contains((day, user)) || gaps.Contains((day, AccessGaps.Everybody))))
                {
                    var key = new AccessKey(day, Id("cluster_id", row), user, other, Id("resource_id", row), Id("verb_id", row), Id("namespace_id", row), AccessResults.Of(Id("status", row)));
                    tally.Of(key).Add(at, AccessName.Of(chunk.Texts("name")[row], chunk.Texts("path")[row]));
                }
            }
        }
    }

    private static DateTime Start(DateOnly day) => day.ToDateTime(default, DateTimeKind.Utc);

    private sealed record Asked(int[] Users, int[] As, DateOnly From, DateOnly To);
}
