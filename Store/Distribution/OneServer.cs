using Npgsql;

namespace KubeLens.Store.Distribution;

/// <summary>For what compares or copies tables as they are at one moment: Citus has no moment that all of its nodes share.</summary>
internal static class OneServer
{
    /// <param name="connection">To the Store's database.</param>
    /// <param name="what">What cannot be done.</param>
    /// <param name="instead">What to do instead.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="ArgumentException">A table of the Store is distributed.</exception>
    public static async Task EnsureAsync(NpgsqlConnection connection, string what, string instead, CancellationToken cancellationToken)
    {
        var state = await DistributionState.ReadAsync(connection, cancellationToken);
        if (TablePlacements.Distributed.Any(table => state.Columns.ContainsKey(table.Table)))
        {
            throw new ArgumentException($"{what} needs all tables as they are at one moment, and the tables of ConnectionStrings:Store are distributed by Citus, whose nodes have none in common: {instead}");
        }
    }
}
