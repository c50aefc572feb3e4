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
    /// <returns>Its id; the last one's where there are several, 0 where there is none.</returns>
    public async Task<long> AddAsync(ClaimsPrincipal user, IEnumerable<AccessRead> reads, CancellationToken cancellationToken)
    {
        var id = 0L;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var read in reads)
        {
            await using var insert = new NpgsqlCommand("insert into access_record (at, who, role, action, call_id, subject, format, from_at, to_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning record_id", connection, transaction);
            insert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
            foreach (var text in new[] { user.Identity?.Name ?? "", StoreRoles.Highest(user)?.Name() ?? "", read.Action, read.CallId, read.Subject, read.Format })
            {
                insert.Parameters.Add(Text(text));
            }

            insert.Parameters.Add(Time(read.Range?.From));
            insert.Parameters.Add(Time(read.Range?.To));
            id = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
        }

        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <inheritdoc cref="AddAsync(ClaimsPrincipal, IEnumerable{AccessRead}, CancellationToken)"/>
    public Task<long> AddAsync(ClaimsPrincipal user, AccessRead read, CancellationToken cancellationToken) => AddAsync(user, [read], cancellationToken);

    /// <summary>As <see cref="AddAsync(ClaimsPrincipal, AccessRead, CancellationToken)"/>, unless the same was recorded within the hour.</summary>
    public async Task AddOnceAsync(ClaimsPrincipal user, AccessRead read, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select from access_record where at > $1 and who = $2 and role = $3 and action = $4 and call_id = $5 and subject = $6 and from_at is not distinct from $7 and to_at is not distinct from $8)");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (time.GetUtcNow() - SameRead).UtcDateTime });
        foreach (var text in new[] { user.Identity?.Name ?? "", StoreRoles.Highest(user)?.Name() ?? "", read.Action, read.CallId, read.Subject })
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
