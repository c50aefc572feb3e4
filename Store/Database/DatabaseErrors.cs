using System.Net.Sockets;
using Google.Protobuf;
using Npgsql;

namespace KubeLens.Store.Database;

internal static class DatabaseErrors
{
    /// <summary>The database failed, not we. EF Core wraps what it thinks transient in an <see cref="InvalidOperationException"/>.</summary>
    public static bool IsDatabase(this Exception e) =>
        e is NpgsqlException or SocketException or TimeoutException || e is InvalidOperationException { InnerException: NpgsqlException };

    /// <summary>A statement took longer than it may.</summary>
    /// <param name="e">What the database answered.</param>
    /// <param name="cancellationToken">Of whoever asked: a statement that is stopped because nobody wants it any more looks the same.</param>
    public static bool IsOutOfTime(this PostgresException e, CancellationToken cancellationToken) =>
        e.SqlState == PostgresErrorCodes.QueryCanceled && !cancellationToken.IsCancellationRequested;

    /// <summary>What is stored does not decode: bytes, lengths or counts are not those that were written.</summary>
    public static bool IsDamage(this Exception e) =>
        e is InvalidDataException or InvalidProtocolBufferException or ArgumentException or IndexOutOfRangeException or OverflowException;

    /// <summary>Data, constraint and size errors come back however often a delivery is repeated: it must not block those behind it.</summary>
    public static bool IsAboutTheData(this PostgresException e) => e.SqlState[..2] is "22" or "23" or "54" && e.SqlState != PostgresErrorCodes.CheckViolation;
}
