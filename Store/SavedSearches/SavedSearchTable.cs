using KubeLens.Contracts.Search;
using Npgsql;

namespace KubeLens.Store.SavedSearches;

/// <summary>The table <c>saved_search</c>.</summary>
internal sealed class SavedSearchTable(NpgsqlDataSource database)
{
    /// <summary>Of one owner.</summary>
    public const int Most = 200;

    private const string Columns = "name, query, from_text, to_text, columns, owner, is_shared, changed_at";

    public Task<List<SavedSearchItem>> ListAsync(string reader, CancellationToken cancellationToken) =>
        ReadAsync($"select {Columns} from saved_search where owner = $1 or is_shared order by name, owner", [reader], cancellationToken);

    /// <summary>Null when there is none of that name and owner, or the reader may not see it.</summary>
    public async Task<SavedSearchItem?> FindAsync(string name, string owner, string reader, CancellationToken cancellationToken) =>
        (await ReadAsync($"select {Columns} from saved_search where name = $1 and owner = $2 and (owner = $3 or is_shared)", [name, owner, reader], cancellationToken)).SingleOrDefault();

    /// <summary>In place of what its owner kept under the name.</summary>
    /// <returns>False when the owner has as many as there may be.</returns>
    public async Task<bool> PutAsync(SavedSearchItem item, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            insert into saved_search ({Columns}) select $1, $2, $3, $4, $5, $6, $7, $8
            where exists (select from saved_search where name = $1 and owner = $6) or (select count(*) from saved_search where owner = $6) < {Most}
            on conflict (owner, name) do update set query = excluded.query, from_text = excluded.from_text, to_text = excluded.to_text, columns = excluded.columns, is_shared = excluded.is_shared, changed_at = excluded.changed_at
            """);
        Add(command, item.Name, item.Query, item.From, item.To);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. item.Columns] });
        Add(command, item.Owner);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = item.IsShared });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = item.ChangedAt.UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(string name, string owner, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from saved_search where name = $1 and owner = $2");
        Add(command, name, owner);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private async Task<List<SavedSearchItem>> ReadAsync(string sql, string[] texts, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        Add(command, texts);
        var items = new List<SavedSearchItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(new SavedSearchItem(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<string[]>(4), reader.GetString(5), reader.GetBoolean(6), reader.GetDateTime(7)));
        }

        return items;
    }

    private static void Add(NpgsqlCommand command, params string[] texts)
    {
        foreach (var text in texts)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text.Replace('\0', '\uFFFD') });
        }
    }
}
