using Npgsql;

namespace KubeLens.Store.Sealing;

/// <summary>Hours that take no more calls.</summary>
internal static class ClosedHours
{
    /// <summary>Whoever stores calls holds it shared until that is committed; whoever closes an hour alone. Any number that nobody else uses in this database.</summary>
    public const long AdvisoryLock = 0x6b756265_7365616c;

    /// <summary>Those of the hours that are closed; no other is, until the caller's transaction ends. Their calls go to the overflow table.</summary>
    public static async Task<IReadOnlySet<DateTime>> ReadAsync(NpgsqlConnection connection, IEnumerable<DateTime> hours, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(FormattableString.Invariant($"select pg_advisory_xact_lock_shared({AdvisoryLock})")),
                new NpgsqlBatchCommand(FormattableString.Invariant($"select hour from segment where hour = any($1) and state < {(short)SegmentState.Alone}")) { Parameters = { new NpgsqlParameter<DateTime[]> { TypedValue = [.. hours.Distinct()] } } },
            },
        };
        var closed = new HashSet<DateTime>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            closed.Add(reader.GetDateTime(0));
        }

        return closed;
    }
}
