using KubeLens.Store.Database;
using KubeLens.Store.Holds;
using KubeLens.Store.Rollups;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing;
using KubeLens.Store.Sealing.Columns;
using Npgsql;

namespace KubeLens.Store.Verifying;

/// <summary>The rows of an hour that is not sealed, or came late for one: their packs, their places in them, their dictionary entries.</summary>
internal sealed class RowsCheck(HourSnapshot hour, LedgerCheck ledger, RollupCheck rollups, VerifyTotals totals, Action<Problem> report)
{
    private static readonly string DimIds = string.Join(", ", Enum.GetValues<DimKind>().Select(DimColumns.Of));

    private string Name => FormattableString.Invariant($"rows of {hour.Hour:yyyy-MM-ddTHH}Z");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken);
        await ReadPacksAsync(cancellationToken);
        await FindPlacesAsync(cancellationToken);
        await FindDimsAsync(cancellationToken);
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        await using var command = hour.Command($"select {RollupChange.Columns}, c.batch_id, c.ord from {hour.Rows} c");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ledger.Count(reader.GetInt64(RollupChange.Width), reader.GetInt16(RollupChange.Width + 1));
            rollups.Count(RollupChange.Read(reader));
            totals.Calls++;
        }
    }

    private async Task ReadPacksAsync(CancellationToken cancellationToken)
    {
        await using var command = hour.Command($"""
            select p.drop_day, p.batch_id, p.seq, p.codec, p.calls, p.raw_length, p.data, n.calls
            from (select drop_day, batch_id, pack_seq, count(*) as calls from {hour.Rows} r group by drop_day, batch_id, pack_seq) n
            join pack p on p.batch_id = n.batch_id and p.seq = n.pack_seq and p.drop_day = n.drop_day
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            totals.Packs++;
            if (PackCheck.Fault(reader.GetInt16(3), reader.GetFieldValue<byte[]>(6), reader.GetInt32(5), reader.GetInt32(4)) is { } fault)
            {
                report(new Problem(
                    FormattableString.Invariant($"{Name}, pack {reader.GetInt64(1)}/{reader.GetInt16(2)} of drop day {reader.GetFieldValue<DateOnly>(0):yyyy-MM-dd}"),
                    FormattableString.Invariant($"{fault}; headers and bodies of {reader.GetInt64(7)} calls may not be shown, and the hour cannot be sealed"), Problem.Restore));
            }
        }
    }

    private async Task FindPlacesAsync(CancellationToken cancellationToken)
    {
        await using var command = hour.Command(
            $"""
            select r.drop_day, r.batch_id, r.pack_seq, count(*), p.calls
            from {hour.Rows} r left join pack p on p.batch_id = r.batch_id and p.seq = r.pack_seq and p.drop_day = r.drop_day
            where r.pack_seq <> {SealedPackReader.NoPack} and (p.calls is null and (r.drop_day = any($2) or not r.{HeldDays.NotHeld}) or not r.pack_ord between 0 and p.calls - 1)
            group by r.drop_day, r.batch_id, r.pack_seq, p.calls order by r.drop_day, r.batch_id, r.pack_seq
            """,
            new NpgsqlParameter<DateOnly[]> { TypedValue = [.. hour.PackDays] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var what = await reader.IsDBNullAsync(4, cancellationToken) ? "it is not there, and its day has not been dropped" : FormattableString.Invariant($"it has {reader.GetInt32(4)} places, and not those that they name");
            report(new Problem(
                FormattableString.Invariant($"{Name}, pack {reader.GetInt64(1)}/{reader.GetInt16(2)} of drop day {reader.GetFieldValue<DateOnly>(0):yyyy-MM-dd}"),
                FormattableString.Invariant($"{what}; headers and bodies of {reader.GetInt64(3)} calls cannot be shown"), Problem.Restore));
        }
    }

    private async Task FindDimsAsync(CancellationToken cancellationToken)
    {
        await using var command = hour.Command($"""
            select n.id from (select distinct unnest(array[{DimIds}]) as id from {hour.Rows} r) n
            where n.id <> 0 and not exists (select from dim d where d.id = n.id) order by n.id
            """);
        await DimCheck.ReportAsync(command, Name, report, cancellationToken);
    }
}
