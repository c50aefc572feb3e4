using System.Net.Sockets;
using Npgsql;

namespace KubeLens.Store.Database;

internal static class DatabaseErrors
{
    /// <summary>The database failed, not we. EF Core wraps what it thinks transient in an <see cref="InvalidOperationException"/>.</summary>
    public static bool IsDatabase(this Exception e) =>
        e is NpgsqlException or SocketException or TimeoutException || e is InvalidOperationException { InnerException: NpgsqlException };
}
