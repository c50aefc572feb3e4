using Npgsql;

namespace KubeLens.Store.InFlight;

/// <summary>The keys of many open calls as parameters, and the lock under which the calls of a boot change.</summary>
internal static class OpenKeys
{
    /// <summary>A table of the keys, of the first three parameters.</summary>
    public const string Table = "unnest($1, $2, $3) as k (boot, sequence, gateway_id)";

    public static NpgsqlBatchCommand Command(string sql, IReadOnlyCollection<(string Boot, long Sequence, int Gateway)> keys, params IEnumerable<NpgsqlParameter> more)
    {
        var command = new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(k => k.Boot)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. keys.Select(k => k.Sequence)] },
                new NpgsqlParameter<int[]> { TypedValue = [.. keys.Select(k => k.Gateway)] },
            },
        };
        foreach (var parameter in more)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>
    /// Until the transaction ends, nobody else opens, updates or ends calls of these boots: an update that looked for the end before it was
    /// committed would bring the call back. In one order everywhere, so that two cannot wait for each other.
    /// </summary>
    public static async Task LockAsync(NpgsqlConnection connection, IEnumerable<string> boots, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var boot in boots.Distinct().Order(StringComparer.Ordinal))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_advisory_xact_lock(hashtextextended($1, 6))") { Parameters = { new NpgsqlParameter<string> { TypedValue = boot } } });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
