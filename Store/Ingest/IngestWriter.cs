using KubeLens.Contracts.Calls;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.InFlight;
using KubeLens.Store.Packing;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Store.Rollups;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Ingest;

/// <summary>
/// Stores the calls of one request, all or nothing:
/// <code>
/// deliveries → 1 dictionary ids (own transaction) → 2 partitions (own transaction)
///            → 3 begin → 4 ledger: what is new → 5 audit events that came before → 6 COPY packs
///            → 7 COPY calls, overflow → 8 ends of calls that were in flight → 9 for those who follow
///            → 10 rollups → 11 commit
/// </code>
/// </summary>
internal sealed class IngestWriter(NpgsqlDataSource database, DimResolver dims, PartitionCatalog partitions, PartitionPlan plan, DropDays days, GatewayBoots boots, AuditMerge audit, RollupWriter rollups, TimeProvider time, StoreMetrics metrics, ILogger<IngestWriter> logger)
{
    private const int Attempts = 2;

    /// <summary>Returns when everything is committed. Calls that may never be stored are added to <paramref name="rejections"/>.</summary>
    public async Task StoreAsync(IReadOnlyList<Delivery> deliveries, Rejections rejections, CancellationToken cancellationToken)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StoreOnceAsync(deliveries, rejections, cancellationToken);
                return;
            }
            catch (PostgresException e) when (attempt < Attempts && e.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UndefinedTable)
            {
                // Another Store, or retention, took a partition that we took for there.
                partitions.Forget();
            }
        }
    }

    private async Task StoreOnceAsync(IReadOnlyList<Delivery> deliveries, Rejections rejections, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var mapped = new Dictionary<CallRecord, CallMapper>(ReferenceEqualityComparer.Instance);
        foreach (var call in deliveries.SelectMany(d => d.Calls.Values))
        {
            mapped[call] = new CallMapper(call);
        }

        var events = await audit.FindAsync(mapped.Keys, cancellationToken);
        var audited = events.ToDictionary(e => e.Key, e => AuditMerge.Map(e.Key, e.Value), mapped.Comparer);
        var keys = mapped.Values.Concat(audited.Values).SelectMany(m => m.Keys).ToHashSet();
        var ids = await dims.ResolveAsync(keys, cancellationToken);
        var dropDays = mapped.Keys.Select(call => call.Retention).Distinct().ToDictionary(retention => retention, days.Of);
        await EnsurePartitionsAsync(deliveries, dropDays.Values, cancellationToken);

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = new List<Call>(mapped.Count);
        var packs = new List<Pack>();
        var ends = new List<(string Boot, Call Call)>();
        var taken = new List<Delivery>();
        var claims = new List<(Delivery Delivery, BatchClaim Claim)>();
        foreach (var delivery in deliveries)
        {
            var claim = await BatchLedger.ClaimAsync(connection, delivery, ids[new DimKey(DimKind.Gateway, delivery.Key.Gateway)], plan.Now, cancellationToken);
            if (claim.Owner == BatchOwner.Other)
            {
                taken.Add(delivery);
                continue;
            }

            claims.Add((delivery, claim));
        }

        var gone = new List<RollupChange>();
        foreach (var call in await audit.TakeAsync(connection, events, gone, claims.SelectMany(c => c.Claim.Fresh.Select(fresh => (fresh.Call, (fresh.Call.Time.UtcDateTime, c.Delivery.Key.BatchId, (short)fresh.Ordinal)))), cancellationToken))
        {
            mapped[call] = audited[call];
        }

        foreach (var (delivery, claim) in claims)
        {
            Pack(delivery, claim, dropDays, mapped, ids, rows, packs, ends);
        }

        await CallCopy.WriteAsync(connection, packs, cancellationToken);
        var closed = await ClosedHours.ReadAsync(connection, rows.Select(row => row.At), cancellationToken);
        var placed = rows.ToLookup(row => closed.TableOf(row.At, partitions));
        foreach (var table in placed)
        {
            await CallCopy.WriteAsync(connection, table.Key, [.. table], cancellationToken);
        }

        gone.AddRange(await OpenEnds.EndAsync(connection, ends, lost: false, plan.Now, cancellationToken));
        var noted = await boots.NoteCallsAsync(connection, deliveries.Except(taken).Select(d => (ids[new DimKey(DimKind.Gateway, d.Key.Gateway)], StoredText.Fit(d.Key.Boot, StoredText.IndexedBytes))), cancellationToken);
        await ArrivalWriter.WriteAsync(connection, rows, plan.Now, cancellationToken);
        await rollups.WriteAsync(connection, [.. rows.Select(RollupChange.Of), .. gone], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        boots.Noted(noted);

        foreach (var delivery in taken)
        {
            rejections.Add(Taken(delivery.Key), delivery.Calls.Count + delivery.Repeated);
        }

        var duplicates = deliveries.Except(taken).Sum(d => d.Calls.Count + d.Repeated) - rows.Count;
        metrics.Ingested(rows.Count, duplicates, placed[CallTables.Overflow].Count(), claims.Count(c => c.Claim.Fresh.Count > 0), time.GetElapsedTime(started));
        logger.Ingested(rows.Count, duplicates);
    }

    private static string Taken(DeliveryKey key) =>
        FormattableString.Invariant($"kubelens.batch.id: batch {key.BatchId} of {key.Day:yyyy-MM-dd} is known already with another gateway, boot, size or day; gateway \"{key.Gateway}\" boot \"{key.Boot}\" has to take a new id");

    private async Task EnsurePartitionsAsync(IReadOnlyList<Delivery> deliveries, IEnumerable<DateOnly> dropDays, CancellationToken cancellationToken)
    {
        await partitions.EnsureAsync(PartitionTable.Batch, deliveries.Select(d => d.Key.Day.ToDateTime(default, DateTimeKind.Utc)).Where(plan.Allows), cancellationToken);
        await partitions.EnsureAsync(PartitionTable.Pack, dropDays.Select(day => day.ToDateTime(default, DateTimeKind.Utc)), cancellationToken);
        await partitions.EnsureAsync(PartitionTable.Call, deliveries.SelectMany(d => d.Calls.Values).Select(c => c.Time.UtcDateTime).Where(plan.Allows), cancellationToken);
        await rollups.EnsureAsync(deliveries.SelectMany(d => d.Calls.Values).Select(c => c.Time.UtcDateTime), cancellationToken);
    }

    // Calls of one object one after the other: 229 bytes a call against 331 in order of arrival. What is dropped on different days lies apart.
    private static void Pack(Delivery delivery, BatchClaim claim, Dictionary<string, DateOnly> dropDays, Dictionary<CallRecord, CallMapper> mapped, IReadOnlyDictionary<DimKey, int> ids, List<Call> rows, List<Pack> packs, List<(string Boot, Call Call)> ends)
    {
        var writer = new PackWriter(delivery.Key.BatchId, claim.FirstPack);
        var sorted = claim.Fresh
            .Select(fresh => (fresh.Ordinal, Mapper: mapped[fresh.Call]))
            .OrderBy(c => dropDays[c.Mapper.Record.Retention])
            .ThenBy(c => ids[c.Mapper.Resource])
            .ThenBy(c => ids[c.Mapper.Cluster])
            .ThenBy(c => ids[c.Mapper.Namespace])
            .ThenBy(c => c.Mapper.Record.Name, StringComparer.Ordinal)
            .ThenBy(c => c.Mapper.Record.Time);
        foreach (var (ordinal, mapper) in sorted)
        {
            var dropDay = dropDays[mapper.Record.Retention];
            var place = writer.Add(mapper.ToStored(), dropDay);
            rows.Add(mapper.ToRow(delivery, ordinal, place, dropDay, ids));
            if (mapper.Record.Announced && OpenCallId.IsBoot(mapper.Record.Boot))
            {
                ends.Add((mapper.Record.Boot, rows[^1]));
            }
        }

        packs.AddRange(writer.Finish());
    }
}
