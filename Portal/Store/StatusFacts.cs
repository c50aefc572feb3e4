using KubeLens.Contracts.Health;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Store;

/// <summary>The parts of the Store's status in the words of the page. What is not known is said to be so.</summary>
internal static class StatusFacts
{
    private const string Unknown = "not known";
    private const string Never = "none";

    public static IReadOnlyList<StatusCard> Of(StoreStatus status, TimeZoneInfo zone)
    {
        string When(DateTimeOffset? at, string without = Never) => at is { } time ? $"{Show.Day(time, zone)} {Show.Clock(time, zone)}, {Ago(status.Time - time)}" : without;
        return
        [
            Card("Calls", status.Calls, calls =>
            [
                ("Oldest", When(calls.OldestAt)), ("Newest", When(calls.NewestAt)), ("In flight", Number(calls.InFlight)),
            ]),
            Card("Ingest", status.Ingest, ingest =>
            [
                ("Last delivery", When(ingest.LastDeliveryAt, "none within a week")),
                ("Its oldest call was", ingest.DeliveryLagMs is { } lag ? $"{Show.Latency(lag)} old" : Unknown),
                ("Calls stored", Number(ingest.Calls)),
                ("Batches", Number(ingest.Batches)),
                ("Came again", Number(ingest.Duplicates)),
                ("Rejected for good", Number(ingest.Rejected)),
                ("Told to come later", Number(ingest.Refused)),
                ("Dead letters", "known to the gateways only"),
            ]),
            Card("Sealing", status.Sealing, sealing =>
            [
                ("This Store", sealing.Enabled ? "seals" : "does not seal"),
                ("Open hours", Number(sealing.OpenHours)),
                ("Sealed hours", Number(sealing.SealedHours)),
                ("Waiting to be sealed", sealing.OldestDue is { } due ? $"{Number(sealing.DueHours)}, the oldest of {When(due)}" : "0"),
                ("Last sealed", When(sealing.LastSealedAt, "never")),
            ]),
            Card("Space", status.Space, space =>
            [
                ("Database", Show.Bytes(space.Database)),
                ("Calls, not sealed", Show.Bytes(space.HotCalls)),
                ("Their headers and bodies", Show.Bytes(space.HotBodies)),
                ("Calls, sealed", Show.Bytes(space.SealedCalls)),
                ("Their headers and bodies, sealed", Show.Bytes(space.SealedBodies)),
                ("Counts", Show.Bytes(space.Counts)),
                ("Ledger", Show.Bytes(space.Ledger)),
                ("Limit", space.Limit is { } limit ? Show.Bytes(limit) : "none"),
            ]),
            Card("Retention", status.Retention, retention =>
            [
                ("Calls", Show.Count(retention.CallDays, "day", "days")),
                ("Headers and bodies", Show.Count(retention.BodyDays, "day", "days")),
                .. retention.Classes.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => ($"Headers and bodies of class {c.Key}", Show.Count(c.Value, "day", "days"))),
                ("Last looked at what is due", When(retention.LastRunAt, "not since its start")),
            ]),
            Card("Audit events", status.Audit, audit =>
            [
                ("Waiting for their call", Number(audit.Waiting)),
                ("The oldest of", When(audit.OldestWaitingAt)),
            ]),
            Card("Gateways", status.Gateways, gateways => gateways.Known.Count == 0
                ? [("Heard of", "none")]
                : [.. gateways.Known.Select(gateway => (gateway.Name.Length > 0 ? gateway.Name : "without a name", Gateway(gateway)))]) with { IsWide = true },
        ];

        string Gateway(GatewayStatus gateway) => string.Join("; ",
            gateway.Lives switch { true => "lives", false => $"not heard of since {When(gateway.LeaseAt)}", null => "does not say whether it lives" },
            $"last delivery {When(gateway.LastDeliveryAt, "none within a week")}",
            $"start {gateway.Boot} known since {When(gateway.BootSeenAt)}",
            $"{Show.Count(gateway.Boots, "start", "starts")} remembered");
    }

    /// <summary><c>12 s ago</c>, <c>in 5 min</c>: clocks of gateways may be ahead.</summary>
    private static string Ago(TimeSpan span)
    {
        var length = span.Duration();
        var text = length.TotalSeconds < 60 ? $"{(int)length.TotalSeconds} s" : length.TotalMinutes < 60 ? $"{(int)length.TotalMinutes} min" : length.TotalHours < 48 ? $"{(int)length.TotalHours} h" : $"{(int)length.TotalDays} days";
        return span < TimeSpan.FromSeconds(-1) ? $"in {text}" : $"{text} ago";
    }

    private static string Number(long number) => FormattableString.Invariant($"{number:N0}");

    private static StatusCard Card<T>(string title, StatusPart<T> part, Func<T, IEnumerable<(string Name, string Value)>> facts)
        where T : class => new(title, part.Health, part.Reason, part.LastFault, part.Value is { } value ? [.. facts(value)] : []);
}
