using System.Net.Sockets;
using Npgsql;

namespace KubeLens.Store.Database;

internal static class DatabaseErrors
{
    /// <summary>The database failed, not we. EF Core wraps what it thinks transient in an <see cref="InvalidOperationException"/>.</summary>
    public static bool IsDatabase(this Exception e) =>
        e is NpgsqlException or SocketException or TimeoutException || e is InvalidOperationException { InnerException: NpgsqlException };

    /// <summary>Data, constraint and size errors come back however often a delivery is repeated: it must not block those behind it.</summary>
    public static bool IsAboutTheData(this PostgresException e) => e.SqlState[..2] is "22" or "23" or "54" && e.SqlState != PostgresErrorCodes.CheckViolation;
}
