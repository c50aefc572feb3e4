using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Postgres;

/// <summary>
/// Reads what pg_ctl reads: the last line of <c>postmaster.pid</c> says how far the server is. (Connecting to ask, as
/// pg_isready does, puts a FATAL into its log each time during a recovery.) A stale file is removed before each start.
/// </summary>
internal sealed class PostgresProbe(string data) : IReadyProbe
{
    // 4711 | /home/…/data | 1700000000 | 5432 | /home/…/run | (no TCP address) | 327 2 | "ready   "
    // https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/utils/pidfile.h
    private const int StatusLine = 7;

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(PidFile(data), cancellationToken);
            return lines.Length > StatusLine && lines[StatusLine].Trim() == "ready";
        }
        catch (IOException)
        {
            return false; // not written yet
        }
    }

    public static string PidFile(string data) => Path.Combine(data, "postmaster.pid");
}
