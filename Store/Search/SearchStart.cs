using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Search;

/// <summary>What is asked before rows are: the lookups, and which hours are sealed.</summary>
internal static class SearchStart
{
    private static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(10);

    /// <summary>Seconds to wait for a database that does not answer at all; one that does ends a statement that takes too long.</summary>
    public static int SilenceOf(TimeSpan timeout) => (int)(timeout + AnswerMargin).TotalSeconds;

    /// <summary>Answers the lookups.</summary>
    /// <param name="connection">In the snapshot of the search, whose statements may take <paramref name="timeout"/> each from now on.</param>
    /// <param name="lookups">Of its conditions.</param>
    /// <param name="timeout">See there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Hours that are sealed, whose rows are still there for searches that began before.</returns>
    public static async Task<IReadOnlyList<DateTime>> ReadAsync(NpgsqlConnection connection, IReadOnlyList<ISearchLookup> lookups, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var first = SealedChunks.Begin(connection, timeout);
        first.Timeout = SilenceOf(timeout);
        first.BatchCommands.Add(new NpgsqlBatchCommand(FormattableString.Invariant($"select hour from segment where state = {(short)SegmentState.Sealed}")));
        foreach (var lookup in lookups)
        {
            first.BatchCommands.Add(lookup.ToCommand());
        }

        var hidden = new List<DateTime>();
        await using var reader = await first.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            hidden.Add(reader.GetDateTime(0));
        }

        await reader.NextResultAsync(cancellationToken);
        foreach (var lookup in lookups)
        {
            await reader.ReadAsync(cancellationToken);
            lookup.Read(reader);
            await reader.NextResultAsync(cancellationToken);
        }

        return hidden;
    }

    /// <summary>Leaves out the rows of sealed hours.</summary>
    public static IEnumerable<Sql> Without(IEnumerable<DateTime> hidden) => hidden.Select(hour => Sql.Of("not (at >= ? and at < ?)", hour, hour.AddHours(1)));
}
