using static KubeLens.Store.Distribution.TablePlacement;

namespace KubeLens.Store.Distribution;

/// <summary>
/// Every table of the Store, the one that a migration adds next included: a test compares with the schema. What grows with each call, in bytes, is
/// spread; what is small, or is changed together with something of another key, stays on the coordinator, where all that PostgreSQL can do is allowed.
/// Reference tables there are none: no statement joins a spread table with a small one (see <c>docs/adr/0035-citus.md</c>).
/// </summary>
internal static class TablePlacements
{
    private const string Counts = "1.7 bytes a call, upserted by time and texts: no key that would spread what is asked for together";
    private const string Small = "few rows, written by people";

    /// <summary>In the order in which they are spread: a table after the one beside which it lies.</summary>
    public static readonly IReadOnlyList<TablePlacement> All =
    [
        Spread("call", "batch_id", "a batch is written by one transaction: one worker takes it, and shows it whole; searches ask every worker"),
        Beside("call", "pack", "batch_id", "headers and bodies beside their calls"),
        Spread("call_chunk", "seg_id", "the chunks of a sealed hour are read and changed by its number; searches ask every worker"),
        Beside("call_chunk", "body_pack", "seg_id", "headers and bodies of a sealed hour beside its chunks"),

        Coordinator("ingest_batch", "one row a batch, locked by several at once when calls are purged, which is not possible across workers"),
        Coordinator("call_overflow", "late and held calls only; they are locked, and joined with call_ended, before they are sealed"),
        Coordinator("call_open", "running calls only; upserted, joined with gateway_boot, changed in place"),
        Coordinator("call_ended", "ends of a day; the key is that of a running call, and not that of a batch"),
        Coordinator("gateway_boot", "one row a gateway start"),
        Coordinator("arrival", "transaction ids (xid8) and snapshots mean something on the server that gave them only"),
        Coordinator("arrival_floor", "one row of the same kind as in arrival"),
        Coordinator("audit_pending", "waits minutes for its call; taken by for update skip locked"),
        Coordinator("dim", "dictionary, resolved before a search and cached; its identity is an integer, which other nodes could not count on"),
        Coordinator("segment", "one row an hour; its state turns with what lies on one worker, and says what answers"),
        Coordinator("rollup_resource", Counts),
        Coordinator("rollup_user", Counts),
        Coordinator("rollup_namespace", Counts),
        Coordinator("rollup_gap", "one row an hour"),
        Coordinator("access_day", "a few rows a user and day"),
        Coordinator("access_gap", "one row a day, or user and day"),
        Coordinator("note", "few rows, moved and removed with calls that may lie anywhere; a search reads all of them first"),
        Coordinator("access_record", "one row a read of a body, asked for by time"),
        Coordinator("api_token", Small),
        Coordinator("saved_search", Small),
        Coordinator("hold", Small),
        Coordinator("purge", Small),
        Coordinator("call_floor", "one row"),
        Coordinator("__EFMigrationsHistory", "one row a migration"),
    ];

    public static readonly IReadOnlyList<TablePlacement> Distributed = [.. All.Where(table => table.IsDistributed)];
}
