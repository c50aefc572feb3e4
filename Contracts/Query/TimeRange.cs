namespace KubeLens.Contracts.Query;

/// <summary>The time searched: completion times from <paramref name="From"/> to <paramref name="To"/>, both included; both UTC.</summary>
public sealed record TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>What an absent <c>from</c> means.</summary>
    public const string DefaultFrom = "now-1h";

    /// <summary>What an absent <c>to</c> means.</summary>
    public const string DefaultTo = "now";

    /// <summary>Reads the request parameters <c>from</c> and <c>to</c>; local times and whole days are those of <paramref name="zone"/>.</summary>
    public static TimeRangeParse Resolve(string? from, string? to, DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var fromText = string.IsNullOrWhiteSpace(from) ? DefaultFrom : from;
        var toText = string.IsNullOrWhiteSpace(to) ? DefaultTo : to;
        var start = TimeExpression.TryParse(fromText, TimeEdge.From, now, zone, out var first, out var wrongFrom);
        var end = TimeExpression.TryParse(toText, TimeEdge.To, now, zone, out var last, out var wrongTo);
        if (!start || !end)
        {
            return new TimeRangeParse(null, [.. new[] { wrongFrom, wrongTo }.OfType<QueryMessage>()]);
        }

        return last >= first ? new TimeRangeParse(new TimeRange(first, last), []) : new TimeRangeParse(null, [Backwards(fromText, toText, first, last, now, toGiven: toText != DefaultTo)]);
    }

    private static QueryMessage Backwards(string from, string to, DateTimeOffset first, DateTimeOffset last, DateTimeOffset now, bool toGiven)
    {
        var problem = $"The range ends ({last:yyyy-MM-ddTHH:mm:ssZ}) before it starts ({first:yyyy-MM-ddTHH:mm:ssZ}).";
        return toGiven
            ? new QueryMessage("Q151", "to", 0, to.Length, problem, first < now ? DefaultTo : "")
            : new QueryMessage("Q151", "from", 0, from.Length, problem, DefaultFrom);
    }
}
