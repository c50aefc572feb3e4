using Npgsql;

namespace KubeLens.Store.Verifying;

/// <summary>Dictionary entries that calls use and that are not there.</summary>
internal static class DimCheck
{
    /// <param name="missing">Gives their ids.</param>
    /// <param name="user">What uses them.</param>
    /// <param name="report">Takes one problem for all of them.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task ReportAsync(NpgsqlCommand missing, string user, Action<Problem> report, CancellationToken cancellationToken)
    {
        var ids = new List<int>();
        await using (var reader = await missing.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                ids.Add(reader.GetInt32(0));
            }
        }

        if (ids.Count > 0)
        {
            report(new Problem(user, $"dictionary entries that its calls use are not in dim: {string.Join(", ", ids.Take(10))}{(ids.Count > 10 ? " …" : "")}; searches that come upon these calls fail", "restore the rows of dim with these ids from a backup"));
        }
    }
}
