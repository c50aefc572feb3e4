using System.Security.Claims;
using KubeLens.Contracts.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.Access.Records;

/// <summary>
/// The table <c>access_record</c>. A record is committed before anybody sees what it is about: what cannot be recorded is not shown. So nothing
/// is queued, and nothing is lost when the Store stops.
/// </summary>
internal sealed class AccessRecordTable(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns = "record_id, at, who, role, action, call_id, subject, format, from_at, to_at, calls, outcome";

    private static readonly TimeSpan SameRead = TimeSpan.FromHours(1);

    /// <summary>Returns when it is committed.</summary>
    /// <returns>Its id.</returns>
    public Task<long> AddAsync(ClaimsPrincipal user, AccessRead read, CancellationToken cancellationToken) => AddAsync(NameOf(user), RoleOf(user), read, cancellationToken);

    /// <inheritdoc cref="AddAsync(ClaimsPrincipal, AccessRead, CancellationToken)"/>
    /// <param name="who">Somebody without a session, who reads the database itself.</param>
    /// <param name="role">Of theirs.</param>
    /// <param name="read">What they are about to read.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<long> AddAsync(string who, string role, AccessRead read, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Insert(who, role, read));
        return (long)(await batch.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Returns when all are committed, or none.</summary>
    public async Task AddAsync(ClaimsPrincipal user, IReadOnlyCollection<AccessRead> reads, CancellationToken cancellationToken)
    {
        if (reads.Count == 0)
        {
            return;
        }

        await using var batch = database.CreateBatch();
        foreach (var read in reads)
        {
            batch.BatchCommands.Add(Insert(NameOf(user), RoleOf(user), read));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>As <see cref="AddAsync(ClaimsPrincipal, AccessRead, CancellationToken)"/>, unless the same was recorded within the hour.</summary>
    public async Task AddOnceAsync(ClaimsPrincipal user, AccessRead read, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select from access_record where at > $1 and who = $2 and role = $3 and action = $4 and call_id = $5 and subject = $6 and from_at is not distinct from $7 and to_at is not distinct from $8)");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (time.GetUtcNow() - SameRead).UtcDateTime });
        foreach (var text in new[] { NameOf(user), RoleOf(user), read.Action, read.CallId, read.Subject })
        {
            command.Parameters.Add(Text(text));
        }

        command.Parameters.Add(Time(read.Range?.From));
        command.Parameters.Add(Time(read.Range?.To));
        if (!(bool)(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            await AddAsync(user, read, cancellationToken);
        }
    }

    /// <summary>How an export ended.</summary>
    public async Task EndAsync(long id, long calls, string outcome, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("update access_record set calls = $2, outcome = $3 where record_id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = calls });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = outcome });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<AccessRecordPage> ListAsync(AccessRecordRequest request, CancellationToken cancellationToken)
    {
        var page = request.Page;
        var last = page.After ?? new RowPosition(page.Range.To.UtcDateTime, long.MaxValue, 0);
        await using var command = database.CreateCommand($"select {Columns} from access_record where at >= $1 and (at, record_id) < ($2, $3) and ($4 = '' or who = $4) and ($5 = '' or call_id = $5) order by at desc, record_id desc limit $6");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = page.Range.From.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = last.At });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last.BatchId });
        command.Parameters.Add(Text(request.Who));
        command.Parameters.Add(Text(request.CallId));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = page.Limit });
        var items = new List<AccessRecordItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(Item(reader));
        }

        var next = items.Count < page.Limit ? null : new SearchCursor(page.Fingerprint, page.Range, new RowPosition(items[^1].Time.UtcDateTime, items[^1].Id, 0)).ToString();
        return new AccessRecordPage(items, next);
    }

    private static string NameOf(ClaimsPrincipal user) => user.Identity?.Name ?? "";

    private static string RoleOf(ClaimsPrincipal user) => StoreRoles.Highest(user)?.Name() ?? "";

    private NpgsqlBatchCommand Insert(string who, string role, AccessRead read)
    {
        var insert = new NpgsqlBatchCommand("insert into access_record (at, who, role, action, call_id, subject, format, from_at, to_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning record_id");
        insert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        foreach (var text in new[] { who, role, read.Action, read.CallId, read.Subject, read.Format })
        {
            insert.Parameters.Add(Text(text));
        }

        insert.Parameters.Add(Time(read.Range?.From));
        insert.Parameters.Add(Time(read.Range?.To));
        return insert;
    }

    private static AccessRecordItem Item(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        Time = reader.GetDateTime(1),
        Who = reader.GetString(2),
        Role = reader.GetString(3),
        Action = reader.GetString(4),
        CallId = reader.GetString(5),
        Subject = reader.GetString(6),
        Format = reader.GetString(7),
        From = reader.IsDBNull(8) ? null : reader.GetDateTime(8),
        To = reader.IsDBNull(9) ? null : reader.GetDateTime(9),
        Calls = reader.IsDBNull(10) ? null : reader.GetInt64(10),
        Outcome = reader.GetString(11),
    };

    private static NpgsqlParameter<string> Text(string text) => new() { TypedValue = StoredText.Fit(text, StoredText.PlainBytes) };

    private static NpgsqlParameter Time(DateTimeOffset? time) => new() { Value = time is { } some ? some.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
