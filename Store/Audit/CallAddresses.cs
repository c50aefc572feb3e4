using Npgsql;

namespace KubeLens.Store.Audit;

/// <summary>The addresses of many rows of <c>call</c> as parameters.</summary>
internal static class CallAddresses
{
    /// <summary>A table of the addresses, of the first three parameters.</summary>
    public const string Table = "unnest($1, $2, $3) as k (at, batch_id, ord)";

    /// <summary>A row <c>c</c> at an address <c>k</c>; the bounds let the database leave out all other partitions.</summary>
    public const string Same = "c.at between $4 and $5 and (c.at, c.batch_id, c.ord) = (k.at, k.batch_id, k.ord)";

    /// <param name="connection">Where it is to run.</param>
    /// <param name="sql">With <see cref="Table"/>, or one with more columns of parameters from the sixth on, and <see cref="Same"/>.</param>
    /// <param name="addresses">At least one.</param>
    /// <param name="more">From the sixth parameter on.</param>
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, IReadOnlyList<(DateTime At, long BatchId, short Ord)> addresses, params IEnumerable<NpgsqlParameter> more)
    {
        var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                AuditTable.Times(addresses.Select(address => address.At)),
                new NpgsqlParameter<long[]> { TypedValue = [.. addresses.Select(address => address.BatchId)] },
                new NpgsqlParameter<short[]> { TypedValue = [.. addresses.Select(address => address.Ord)] },
                new NpgsqlParameter<DateTime> { TypedValue = addresses.Min(address => address.At) },
                new NpgsqlParameter<DateTime> { TypedValue = addresses.Max(address => address.At) },
            },
        };
        foreach (var parameter in more)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
