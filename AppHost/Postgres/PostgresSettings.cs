using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Postgres;

/// <summary>How the embedded server is set: a busy appender on a machine that it shares.</summary>
internal static class PostgresSettings
{
    /// <summary>Part of the socket's name; no TCP port is opened.</summary>
    public const int Port = 5432;

    private const long Megabyte = 1024 * 1024;

    public static IReadOnlyList<string> Arguments(string data, string socketFolder, string walCompression) =>
    [
        "-D", data,
        "-p", $"{Port}",
        "-k", socketFolder,
        "-h", "",
        .. Settings(walCompression).SelectMany(setting => new[] { "-c", $"{setting.Name}={setting.Value}" }),
    ];

    /// <summary>lz4 where the server has it, else the compression that each has.</summary>
    /// <param name="run">Runs the server with arguments, as its user.</param>
    public static async Task<string> WalCompressionAsync(Func<IReadOnlyList<string>, Task<ToolResult>> run, string data) =>
        (await run(["-D", data, "-c", "wal_compression=lz4", "-C", "wal_compression"])).Succeeded ? "lz4" : "on";

    /// <summary>An eighth of the memory that we may use, within reason.</summary>
    internal static long SharedBuffersMegabytes(long availableBytes) => Math.Clamp(availableBytes / 8 / Megabyte, 128, 512);

    private static IEnumerable<(string Name, string Value)> Settings(string walCompression) =>
    [
        ("unix_socket_permissions", "0700"),
        ("max_connections", "60"),
        ("shared_buffers", $"{SharedBuffersMegabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)}MB"),
        ("password_encryption", "scram-sha-256"),
        // Fewer, spread-out checkpoints: each page is written whole to the log after one.
        ("checkpoint_timeout", "15min"),
        ("max_wal_size", "2GB"),
        ("wal_compression", walCompression),
        // One server, nobody follows it.
        ("wal_level", "minimal"),
        ("max_wal_senders", "0"),
        // Everything goes to our log stream, which puts the time before it.
        ("logging_collector", "off"),
        ("log_destination", "stderr"),
        ("log_line_prefix", ""),
        ("log_checkpoints", "off"),
        ("lc_messages", "C"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        ("cluster_name", "kubelens"),
    ];
}
