namespace KubeLens.AppHost.Processes;

/// <summary>
/// <c>PGHOST</c>, <c>PGPASSWORD</c> and their like, set for somebody's other database, would bend ours: PostgreSQL's programs
/// and Npgsql both read them.
/// </summary>
internal static class PostgresVariables
{
    /// <summary>All that are set, each with null: to be removed.</summary>
    public static Dictionary<string, string?> Removed() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => name.StartsWith("PG", StringComparison.Ordinal))
        .ToDictionary(name => name, _ => (string?)null);
}
