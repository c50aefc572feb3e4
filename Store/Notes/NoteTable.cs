using KubeLens.Contracts.Notes;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using Npgsql;

namespace KubeLens.Store.Notes;

/// <summary>The table <c>note</c>. A call's notes have its address, which it keeps wherever it is moved to.</summary>
internal sealed class NoteTable(NpgsqlDataSource database, NotedCalls calls, TimeProvider time)
{
    /// <summary>The columns with the address of the call.</summary>
    public const string Call = "call_at, call_batch, call_ord";

    /// <summary>On one call.</summary>
    public const int Most = 100;

    private const string Columns = "note_id, author, content, written_at, changed_at";
    private const string Here = $"({Call}) = ($1, $2, $3)";

    public async Task<IReadOnlyList<NoteItem>> ListAsync(Call call, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from note where {Here} order by note_id");
        return await ReadAsync(Of(command, call), cancellationToken);
    }

    /// <summary>Null when there is none of that number on the call.</summary>
    public async Task<NoteItem?> FindAsync(Call call, long id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from note where {Here} and note_id = $4");
        Of(command, call, new NpgsqlParameter<long> { TypedValue = id });
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Where the call is there still: while this lasts nothing is dropped or purged (see <see cref="DropFence"/>).</summary>
    /// <returns>The note; null and whether the call is there where it has as many as there may be, or has gone.</returns>
    public async Task<(NoteItem? Note, bool IsThere)> AddAsync(Call call, string author, string text, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await DropFence.ShareAsync(connection, cancellationToken);
        if (!await calls.IsThereAsync(call, cancellationToken))
        {
            return (null, false);
        }

        await using var command = new NpgsqlCommand($"""
            insert into note ({Call}, author, content, written_at) select $1, $2, $3, $4, $5, $6
            where (select count(*) from note where {Here}) < {Most} returning {Columns}
            """, connection, transaction);
        Of(command, call, Text(author), Text(text), Now());
        var note = (await ReadAsync(command, cancellationToken)).SingleOrDefault();
        await transaction.CommitAsync(cancellationToken);
        return (note, true);
    }

    /// <summary>Null when its author has none of that number on the call.</summary>
    public async Task<NoteItem?> ChangeAsync(Call call, long id, string author, string text, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"update note set content = $6, changed_at = $7 where {Here} and note_id = $4 and author = $5 returning {Columns}");
        Of(command, call, new NpgsqlParameter<long> { TypedValue = id }, Text(author), Text(text), Now());
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(Call call, long id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"delete from note where {Here} and note_id = $4");
        Of(command, call, new NpgsqlParameter<long> { TypedValue = id });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Takes the notes of calls away, with the calls and in the same transaction.</summary>
    public static async Task<int> RemoveAsync(NpgsqlConnection connection, IReadOnlyList<(DateTime At, long BatchId, short Ord)> calls, CancellationToken cancellationToken)
    {
        await using var delete = CallAddresses.Command(connection, $"delete from note n using {CallAddresses.Table} where n.call_at between $4 and $5 and (n.call_at, n.call_batch, n.call_ord) = (k.at, k.batch_id, k.ord)", calls);
        return await delete.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Calls are replaced by others, which tell the same better: what was written on them is written on those. In the transaction that does it.</summary>
    public static async Task MoveAsync(NpgsqlConnection connection, IReadOnlyList<((DateTime At, long BatchId, short Ord) From, (DateTime At, long BatchId, short Ord) To)> calls, CancellationToken cancellationToken)
    {
        await using var update = CallAddresses.Command(
            connection,
            """
            update note n set call_at = k.to_at, call_batch = k.to_batch, call_ord = k.to_ord from unnest($1, $2, $3, $6, $7, $8) as k (at, batch_id, ord, to_at, to_batch, to_ord)
            where n.call_at between $4 and $5 and (n.call_at, n.call_batch, n.call_ord) = (k.at, k.batch_id, k.ord)
            """,
            [.. calls.Select(call => call.From)],
            AuditTable.Times(calls.Select(call => call.To.At)),
            new NpgsqlParameter<long[]> { TypedValue = [.. calls.Select(call => call.To.BatchId)] },
            new NpgsqlParameter<short[]> { TypedValue = [.. calls.Select(call => call.To.Ord)] });
        await update.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Of(NpgsqlCommand command, Call call, params IEnumerable<NpgsqlParameter> more)
    {
        NpgsqlParameter[] address = [new NpgsqlParameter<DateTime> { TypedValue = call.At }, new NpgsqlParameter<long> { TypedValue = call.BatchId }, new NpgsqlParameter<short> { TypedValue = call.Ord }];
        foreach (var parameter in address.Concat(more))
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static NpgsqlParameter<string> Text(string text) => new() { TypedValue = text };

    private NpgsqlParameter<DateTime> Now() => new() { TypedValue = time.GetUtcNow().UtcDateTime };

    private static async Task<List<NoteItem>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var notes = new List<NoteItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            notes.Add(new NoteItem(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetDateTime(3), reader.IsDBNull(4) ? null : reader.GetDateTime(4)));
        }

        return notes;
    }
}
