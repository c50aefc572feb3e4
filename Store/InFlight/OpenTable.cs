using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.Search;

namespace KubeLens.Store.InFlight;

/// <summary>
/// Open calls as a table with the columns of <c>call</c>: time and latency are those of now, or of the gateway's last word where its
/// lease has ended. Such a call counts as ended, with <see cref="CallOutcome.GatewayLost"/>.
/// </summary>
internal static class OpenTable
{
    /// <summary>Words that a gateway may miss.</summary>
    public const int LeaseIntervals = 3;

    /// <summary>The batch of a running call: what <c>is:inflight</c> looks for. No ended call has it.</summary>
    public const long RunningBatch = 0;

    private const string Until = "greatest(started_at, case when running then now else coalesce(lease_at, at) end)";

    /// <summary>The columns of <c>call</c> for a lost one; <c>k</c> gives its new place.</summary>
    public static readonly string LostColumns = Columns(new Dictionary<string, string>
    {
        ["at"] = Until,
        ["latency_us"] = Latency,
        ["batch_id"] = "k.batch_id",
        ["ord"] = "k.ord",
        ["outcome"] = Lost,
        ["pack_seq"] = "k.pack_seq",
        ["pack_ord"] = "k.pack_ord",
        ["drop_day"] = "k.drop_day",
    });

    private static readonly string Shown = Columns(new Dictionary<string, string>
    {
        ["at"] = Until,
        ["latency_us"] = Latency,
        ["batch_id"] = "case when running then 0::bigint else -1::bigint end",
        ["outcome"] = $"case when running then outcome else {Lost} end",
    });

    private static string Latency => $"(extract(epoch from ({Until} - started_at)) * 1000000)::bigint";

    private static string Lost => FormattableString.Invariant($"{(int)CallOutcome.GatewayLost}::smallint");

    /// <summary>With <c>running</c>, <c>now</c> and <c>lease_at</c> beside its own columns, to be called <c>o</c>.</summary>
    public static Sql Now(DateTime now) => Sql.Of(
        FormattableString.Invariant($"(select c.*, b.lease_at, t.now, coalesce(b.lease_at + b.lease_ms * {LeaseIntervals} * interval '1 millisecond' >= t.now, false) as running from call_open c cross join (select ?::timestamptz as now) t left join gateway_boot b on b.gateway_id = c.gateway_id and b.boot = c.boot) o"),
        now);

    /// <summary>What search compares and shows; <c>boot</c>, <c>raw_length</c>, <c>record</c>, <c>started_at</c> and <c>running</c> come besides.</summary>
    public static Sql ForSearch(DateTime now) => new Sql($"(select {Shown}, boot, raw_length, record, started_at, running from ", []) + Now(now) + ") open_now";

    private static string Columns(Dictionary<string, string> instead) =>
        string.Join(", ", CallColumns.All.Split(", ").Select(name => instead.TryGetValue(name, out var expression) ? $"{expression} as {name}" : $"o.{name}"));
}
