using Npgsql;

namespace KubeLens.Store.Partitions;

/// <summary>The lock under which partitions are dropped, calls are purged, and holds begin.</summary>
internal static class DropFence
{
    private const string Longest = "5s";

    /// <summary>Until the caller's transaction ends nothing else has it. Fails as <see cref="IsTaken"/> tells where it does not come within some seconds.</summary>
    public static Task TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => RunAsync(connection, "pg_advisory_xact_lock", cancellationToken);

    /// <summary>As <see cref="TakeAsync"/>, beside others that share it: a call that is there stays there.</summary>
    public static Task ShareAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => RunAsync(connection, "pg_advisory_xact_lock_shared", cancellationToken);

    public static bool IsTaken(this PostgresException e) => e.SqlState == PostgresErrorCodes.LockNotAvailable;

    private static async Task RunAsync(NpgsqlConnection connection, string function, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FormattableString.Invariant($"set local lock_timeout = '{Longest}'; select {function}({PartitionCatalog.DropLock})"), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
