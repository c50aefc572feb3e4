using System.Globalization;
using KubeLens.Store.Database;
using Npgsql;

namespace KubeLens.Store.Live;

/// <summary>
/// Calls were stored, and where to look for them. It is sent by PostgreSQL's NOTIFY in the transaction that stores them, so that every Store on
/// the database has it when they can be seen, and not before.
/// <code>
/// 639000000000000000 639000000012345670 57 4294967296,8589934592
/// </code>
/// </summary>
/// <param name="From">Completion time of the first, UTC.</param>
/// <param name="To">Completion time of the last, UTC.</param>
/// <param name="Calls">How many.</param>
/// <param name="Batches">Those that they belong to; none when something may have been missed.</param>
internal sealed record LiveNotice(DateTime From, DateTime To, int Calls, IReadOnlyList<long> Batches)
{
    public const string Channel = "kubelens_stored";

    // A payload has at most 7,999 bytes, and an id 20 with its comma.
    private const int MostBatches = 380;

    /// <summary>Notices were not heard for a while.</summary>
    public static readonly LiveNotice Missed = new(default, default, 0, []);

    /// <param name="connection">In the transaction that stores them.</param>
    /// <param name="calls">What it stores.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task SendAsync(NpgsqlConnection connection, IReadOnlyList<Call> calls, CancellationToken cancellationToken)
    {
        foreach (var notice in Of(calls.Select(call => (call.BatchId, call.At))))
        {
            await using var command = new NpgsqlCommand("select pg_notify($1, $2)", connection) { Parameters = { new() { Value = Channel }, new() { Value = notice.ToString() } } };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>As few as it takes; none for no calls.</summary>
    /// <param name="calls">The batch of each, and when it completed.</param>
    public static IEnumerable<LiveNotice> Of(IEnumerable<(long Batch, DateTime At)> calls) =>
        calls.GroupBy(call => call.Batch, call => call.At).Chunk(MostBatches).Select(batches => new LiveNotice(
            batches.Min(batch => batch.Min()),
            batches.Max(batch => batch.Max()),
            batches.Sum(batch => batch.Count()),
            [.. batches.Select(batch => batch.Key)]));

    /// <summary>Of several that are not <see cref="Missed"/>.</summary>
    public static LiveNotice Join(IReadOnlyList<LiveNotice> notices) =>
        new(notices.Min(n => n.From), notices.Max(n => n.To), notices.Sum(n => n.Calls), [.. notices.SelectMany(n => n.Batches).Distinct()]);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From.Ticks} {To.Ticks} {Calls} {string.Join(',', Batches)}");

    /// <exception cref="FormatException">It is no notice.</exception>
    public static LiveNotice Parse(string payload)
    {
        var parts = payload.Split(' ');
        return parts.Length == 4
            ? new LiveNotice(Time(parts[0]), Time(parts[1]), int.Parse(parts[2], CultureInfo.InvariantCulture), [.. parts[3].Split(',').Select(id => long.Parse(id, CultureInfo.InvariantCulture))])
            : throw new FormatException($"\"{payload}\" has {parts.Length} parts, not 4.");
    }

    private static DateTime Time(string ticks) => long.Parse(ticks, CultureInfo.InvariantCulture) is var value && value >= 0 && value <= DateTime.MaxValue.Ticks
        ? new DateTime(value, DateTimeKind.Utc)
        : throw new FormatException($"\"{ticks}\" is no time in ticks.");
}
