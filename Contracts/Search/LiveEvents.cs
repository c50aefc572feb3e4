namespace KubeLens.Contracts.Search;

/// <summary>The live feed, <c>GET /api/v1/live</c>: the names of its server-sent events, and what their data are.</summary>
public static class LiveEvents
{
    /// <summary>First of all: the feed is listening. Its data: <see cref="LiveState"/>.</summary>
    public const string Ready = "ready";

    /// <summary>A call that the query finds was stored. Its data: <see cref="CallItem"/>.</summary>
    public const string Call = "call";

    /// <summary>Calls were left out. Its data: <see cref="LiveDropped"/>.</summary>
    public const string Dropped = "dropped";

    /// <summary>Nothing was found for a while, and the feed is alive. Its data: <see cref="LiveState"/>.</summary>
    public const string Alive = "alive";
}

/// <summary>How far a feed is.</summary>
/// <param name="At">A client that has to begin again sends it as <c>Last-Event-ID</c>, as browsers do with the id of the last event, and misses nothing that ended since.</param>
public sealed record LiveState(DateTimeOffset At);

/// <summary>Calls that a feed does not show: the search has them.</summary>
/// <param name="Calls">How many were stored and not looked at; null when nobody knows.</param>
/// <param name="Reason">One of <see cref="LiveDropReasons"/>.</param>
public sealed record LiveDropped(long? Calls, string Reason);

/// <summary>Why calls were left out of a feed.</summary>
public static class LiveDropReasons
{
    /// <summary>The client reads more slowly than calls are stored.</summary>
    public const string Slow = "slow";

    /// <summary>More was found at once than is sent at once; the newest of it was sent.</summary>
    public const string TooMany = "tooMany";

    /// <summary>The database took longer than it may.</summary>
    public const string Stopped = "stopped";
}
