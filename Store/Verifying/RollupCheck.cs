using System.Runtime.InteropServices;
using KubeLens.Store.Rollups;
using Npgsql;

namespace KubeLens.Store.Verifying;

/// <summary>Whether rollups count the calls of an hour that are there; of hours that are marked as gaps they need not.</summary>
internal sealed class RollupCheck(HourSnapshot hour, UserKindReader users, Action<Problem> report)
{
    private static readonly TimeSpan Finest = Rollup.All.Min(rollup => rollup.Grain);

    private readonly Dictionary<RollupChange, long> _calls = [];

    public void Count(RollupChange call) => CollectionsMarshal.GetValueRefOrAddDefault(_calls, call with { At = Start(call.At, Finest), Calls = 0 }, out _)++;

    /// <summary>When every call of the hour was counted.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using (var marked = hour.Command("select exists (select from rollup_gap where hour = $1)"))
        {
            if ((bool)(await marked.ExecuteScalarAsync(cancellationToken))!)
            {
                return;
            }
        }

        // A user without an entry is another check's.
        var kinds = await users.ReadAsync(hour.Connection, _calls.Keys.Select(call => call.UserId), cancellationToken);
        var faults = new List<string>();
        foreach (var rollup in Rollup.All)
        {
            if (await hour.HasAsync(rollup.Table, cancellationToken) && _calls.Keys.All(call => kinds.ContainsKey(call.UserId)))
            {
                faults.AddRange(await CompareAsync(rollup, kinds, cancellationToken) is { } fault ? [fault] : []);
            }
        }

        if (faults.Count > 0)
        {
            report(new Problem(FormattableString.Invariant($"rollups of {hour.Hour:yyyy-MM-ddTHH}Z"), string.Join("; ", faults), "insert the hour into rollup_gap: its calls are counted one by one then"));
        }
    }

    private async Task<string?> CompareAsync(Rollup rollup, IReadOnlyDictionary<int, UserKind> kinds, CancellationToken cancellationToken)
    {
        var wrong = new Dictionary<(DateTime, RollupKey), long>();
        foreach (var (call, calls) in _calls)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(wrong, (Start(call.At, rollup.Grain), rollup.Values(call, kinds[call.UserId])), out _) += calls;
        }

        var there = wrong.Values.Sum();
        var counted = 0L;
        var names = string.Join(", ", rollup.Columns.Select(column => column.Name));
        await using (var command = hour.Command($"select at, sum(calls)::bigint, {string.Join(", ", rollup.Columns.Select(column => $"{column.Name}::integer"))} from {rollup.Table.Name} where at >= $1 and at < $1 + interval '1 hour' group by at, {names}"))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                int Value(int place) => place < rollup.Columns.Length ? reader.GetInt32(place + 2) : 0;
                counted += reader.GetInt64(1);
                CollectionsMarshal.GetValueRefOrAddDefault(wrong, (reader.GetDateTime(0), new RollupKey(Value(0), Value(1), Value(2), Value(3), Value(4))), out _) -= reader.GetInt64(1);
            }
        }

        var places = wrong.Values.Count(calls => calls != 0);
        return places > 0 ? $"{rollup.Table.Name} counts {counted} calls, and {there} are there; {places} of its counts are wrong" : null;
    }

    private static DateTime Start(DateTime at, TimeSpan grain) => new(at.Ticks - at.Ticks % grain.Ticks, DateTimeKind.Utc);
}
