using KubeLens.Store.Rollups;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Verifying;

/// <summary>One segment: its chunks, a chunk at a time, then its packs, then whether the one needs what the other has.</summary>
internal sealed class SegmentCheck(HourSnapshot hour, (long Id, SegmentState State, long Calls) segment, LedgerCheck ledger, RollupCheck rollups, VerifyTotals totals, Action<Problem> report)
{
    private readonly Dictionary<(DateOnly DropDay, short Seq), (long Calls, int LastPlace)> _needed = [];
    private readonly HashSet<int> _dims = [];

    private string Name => FormattableString.Invariant($"segment {segment.Id} of {hour.Hour:yyyy-MM-ddTHH}Z");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var calls = await ReadChunksAsync(cancellationToken);
        if (calls != segment.Calls && segment.State != SegmentState.Closed)
        {
            report(new Problem(Name, $"it was sealed with {segment.Calls} calls, and its chunks have {calls}", "restore its rows of call_chunk from a backup"));
        }

        await ReadPacksAsync(cancellationToken);
        foreach (var ((day, seq), (count, _)) in _needed.Where(pack => hour.SealedPackDays.Contains(pack.Key.DropDay)))
        {
            report(new Problem(PackName(day, seq), $"it is not there, and its day has not been dropped; headers and bodies of {count} calls cannot be shown", Problem.Restore));
        }

        await using var missing = hour.Command("select n.id from unnest($2) as n (id) where not exists (select from dim d where d.id = n.id) and $1::timestamptz is not null order by n.id", new NpgsqlParameter<int[]> { TypedValue = [.. _dims] });
        await DimCheck.ReportAsync(missing, Name, report, cancellationToken);
    }

    private async Task<long> ReadChunksAsync(CancellationToken cancellationToken)
    {
        await using var command = hour.Command("select chunk_no, day, ts_min, ts_max, calls, version, dims, bloom, signature, offsets, data from call_chunk where seg_id = $2 and $1::timestamptz is not null order by chunk_no", new NpgsqlParameter<long> { TypedValue = segment.Id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var calls = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new ChunkRow(reader.GetDateTime(2), reader.GetDateTime(3), reader.GetInt32(4), reader.GetFieldValue<int[]>(6), reader.GetFieldValue<byte[]>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<byte[]>(8), reader.GetFieldValue<int[]>(9), reader.GetFieldValue<byte[]>(10));
            var check = new ChunkCheck(hour.Hour, reader.GetFieldValue<DateOnly>(1), row, reader.GetInt16(5));
            Take(check, FormattableString.Invariant($"{Name}, chunk {reader.GetInt32(0)}"));
            calls += row.Calls;
        }

        return calls;
    }

    private void Take(ChunkCheck check, string name)
    {
        var faults = new List<string>();
        var calls = check.Read(faults);
        foreach (var fault in faults)
        {
            report(new Problem(name, fault, "restore it from a backup, or purge the range if it may go"));
        }

        totals.Uncounted |= calls is null;
        foreach (var call in calls ?? [])
        {
            ledger.Count(call.BatchId, call.Ord);
            rollups.Count(RollupChange.Of(call));
            totals.SealedCalls++;
            _dims.UnionWith(call.DimIds);
            if (call.PackSeq != SealedPackReader.NoPack)
            {
                var (needed, last) = _needed.GetValueOrDefault((call.DropDay, call.PackSeq));
                _needed[(call.DropDay, call.PackSeq)] = (needed + 1, Math.Max(last, call.PackOrd));
            }
        }
    }

    private async Task ReadPacksAsync(CancellationToken cancellationToken)
    {
        await using var command = hour.Command("select drop_day, pack_no, codec, calls, raw_length, data from body_pack where seg_id = $2 and $1::timestamptz is not null order by drop_day, pack_no", new NpgsqlParameter<long> { TypedValue = segment.Id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (day, seq, places) = (reader.GetFieldValue<DateOnly>(0), reader.GetInt16(1), reader.GetInt32(3));
            _needed.Remove((day, seq), out var needed);
            totals.Packs++;
            if (PackCheck.Fault(reader.GetInt16(2), reader.GetFieldValue<byte[]>(5), reader.GetInt32(4), places) is { } fault)
            {
                report(new Problem(PackName(day, seq), $"{fault}; headers and bodies of {needed.Calls} calls may not be shown", Problem.Restore));
            }
            else if (needed.Calls > 0 && needed.LastPlace >= places)
            {
                report(new Problem(PackName(day, seq), $"it has {places} places, and calls name place {needed.LastPlace}; their headers and bodies cannot be shown", Problem.Restore));
            }
        }
    }

    private string PackName(DateOnly day, short seq) => FormattableString.Invariant($"{Name}, pack {seq} of drop day {day:yyyy-MM-dd}");
}
