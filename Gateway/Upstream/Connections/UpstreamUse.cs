namespace KubeLens.Gateway.Upstream.Connections;

/// <summary>How one call used the upstream: which connection, and when. Travels with its request, which fills it in.</summary>
internal sealed class UpstreamUse(TimeProvider clock)
{
    public static readonly HttpRequestOptionsKey<UpstreamUse> Key = new("kubelens.upstream-use");

    private long? _sent;
    private long? _answered;

    /// <summary>Null until an upstream answered.</summary>
    public UpstreamConnection? Connection { get; private set; }

    /// <summary>Of the upstream's answer; 0 until its head is here.</summary>
    public int Status { get; private set; }

    /// <summary>The HTTP version that the upstream answered in: <c>1.1</c> or <c>2</c>; empty until then.</summary>
    public string Protocol { get; private set; } = "";

    /// <summary>Which request of <see cref="Connection"/> this is, from 1.</summary>
    public long Request { get; private set; }

    /// <summary>Whether this call had <see cref="Connection"/> opened, and waited for that.</summary>
    public bool Opened => Connection is not null && ReferenceEquals(Connection.Opener, this);

    public long Now => clock.GetTimestamp();

    public long Microseconds(long from, long to) => (long)clock.GetElapsedTime(from, to).TotalMicroseconds;

    public void Sending() => _sent = Now;

    public void Answered(UpstreamConnection? connection, Version version, int status)
    {
        Protocol = version.Major == 2 ? "2" : "1.1";
        Status = status;
        _answered = Now;
        Connection = connection;
        Request = connection?.Count() ?? 0;
    }

    /// <summary>From <paramref name="start"/> to the head of the answer.</summary>
    public long? UntilAnswered(long start) => _answered is { } answered ? Microseconds(start, answered) : null;

    /// <summary>From the sending until <paramref name="ended"/>, without connecting; null when the upstream never had the request.</summary>
    /// <param name="ended">When the call was over.</param>
    /// <param name="waited">Whether it counts that the upstream had not answered yet.</param>
    public long? SentUntil(long ended, bool waited) => _sent is { } sent && (waited || _answered is not null)
        ? Math.Max(0, Microseconds(sent, ended) - (Opened ? (Connection!.ConnectUs ?? 0) + (Connection.TlsUs ?? 0) : 0))
        : null;
}
