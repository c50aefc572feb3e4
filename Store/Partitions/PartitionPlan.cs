using KubeLens.Store.Retention;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Partitions;

/// <summary>Which partitions should exist: some ahead of now, and any hour of the recent past that calls come for.</summary>
internal sealed class PartitionPlan(IOptions<PartitionOptions> options, DropDays days, TimeProvider time)
{
    private const int BatchDaysAhead = 1;

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Made ahead, so that the first call of an hour waits for nothing.</summary>
    public IEnumerable<DateTime> Ahead(PartitionTable table)
    {
        var now = Now;
        if (table == PartitionTable.Call)
        {
            return Enumerable.Range(0, options.Value.AheadHours + 1).Select(h => now.AddHours(h));
        }

        var first = table == PartitionTable.Pack ? days.Possible().Select(day => day.ToDateTime(default, DateTimeKind.Utc)) : [now];
        return first.SelectMany(day => Enumerable.Range(0, BatchDaysAhead + 1).Select(d => day.AddDays(d)));
    }

    /// <summary>Whether a row of that time may have a partition made for it; a wrong clock must not make thousands.</summary>
    public bool Allows(DateTime at)
    {
        var now = Now;
        return at >= now.AddDays(-options.Value.LateDays) && at <= now.AddDays(BatchDaysAhead);
    }
}
