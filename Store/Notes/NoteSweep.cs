using KubeLens.Contracts.Calls;
using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.Notes;

/// <summary>
/// Takes away the notes whose calls retention has dropped. Partitions go without a look at what is on their calls; so notes keep nothing, and are
/// looked through after it. All that was dropped is older than <c>call_floor</c>.
/// </summary>
internal sealed class NoteSweep(NpgsqlDataSource database, CallSearch search, StoreMetrics metrics)
{
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        var gone = new List<(DateTime At, long BatchId, short Ord)>();
        foreach (var call in await ReadOldAsync(cancellationToken))
        {
            if (await search.FindAsync(CallId.Of(call.At, call.BatchId, call.Ord), cancellationToken) is null)
            {
                gone.Add(call);
            }
        }

        if (gone.Count > 0)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            metrics.RetentionDeleted("note", await NoteTable.RemoveAsync(connection, gone, cancellationToken));
        }
    }

    // What a legal hold keeps lies in the overflow table, and may lie there for years.
    private async Task<List<(DateTime At, long BatchId, short Ord)>> ReadOldAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select distinct {NoteTable.Call} from note where call_at < (select at from call_floor) and not exists (select from call_overflow c where (c.at, c.batch_id, c.ord) = ({NoteTable.Call}))");
        var calls = new List<(DateTime, long, short)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            calls.Add((reader.GetDateTime(0), reader.GetInt64(1), reader.GetInt16(2)));
        }

        return calls;
    }
}
