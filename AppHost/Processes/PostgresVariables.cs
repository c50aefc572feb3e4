namespace KubeLens.AppHost.Processes;

/// <summary>
/// <c>PGHOST</c>, <c>PGPASSWORD</c> and their like, set for somebody's other database, would bend ours: PostgreSQL's programs
/// and Npgsql both read them.
/// </summary>
internal static class PostgresVariables
{
    public static void RemoveFrom(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            environment.Remove(name);
        }
    }
}
