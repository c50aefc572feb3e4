namespace KubeLens.Contracts.Calls;

/// <summary>
/// The events of a watch, counted over the whole of its answer, however much of that was kept. Bytes are those of the events themselves, without
/// line ends and frames. Absent text is empty.
/// </summary>
public sealed record CallWatch
{
    /// <summary>Most characters of a name, a namespace, a resource version or a reason; what is longer is cut.</summary>
    public const int MaxText = 256;

    /// <summary>Of every other call, and of a watch that was not answered with 200.</summary>
    public static CallWatch None { get; } = new();

    /// <summary><c>json</c>, <c>protobuf</c>, <c>cbor</c>, or <c>other</c>, which is not counted; empty for every other call.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>Events of type <c>ADDED</c>.</summary>
    public long Added { get; init; }

    public long AddedBytes { get; init; }

    /// <summary>Events of type <c>MODIFIED</c>.</summary>
    public long Modified { get; init; }

    public long ModifiedBytes { get; init; }

    /// <summary>Events of type <c>DELETED</c>.</summary>
    public long Deleted { get; init; }

    public long DeletedBytes { get; init; }

    /// <summary>Events of type <c>BOOKMARK</c>.</summary>
    public long Bookmarks { get; init; }

    public long BookmarkBytes { get; init; }

    /// <summary>Events of type <c>ERROR</c>.</summary>
    public long Errors { get; init; }

    public long ErrorBytes { get; init; }

    /// <summary>Events of any other type, or of none.</summary>
    public long Unknown { get; init; }

    public long UnknownBytes { get; init; }

    /// <summary>When the first event had passed, in microseconds since the call's start; null without one.</summary>
    public long? FirstUs { get; init; }

    /// <summary>When the last event had passed, in microseconds since the call's start; null without one.</summary>
    public long? LastUs { get; init; }

    /// <summary>The resource version of the first event that had one.</summary>
    public string FirstVersion { get; init; } = "";

    /// <summary>The resource version of the last event that had one.</summary>
    public string LastVersion { get; init; } = "";

    /// <summary>The resource version of the last bookmark.</summary>
    public string BookmarkVersion { get; init; } = "";

    /// <summary>The <c>code</c> of the last error's Status: 410 when the resource version is too old; 0 where there is none.</summary>
    public int ErrorCode { get; init; }

    /// <summary>The <c>reason</c> of the last error's Status: <c>Expired</c>.</summary>
    public string ErrorReason { get; init; } = "";

    /// <summary>Why the numbers do not cover all of the answer; empty where they do.</summary>
    public string Uncounted { get; init; } = "";

    /// <summary>The first events, as many as the gateway keeps.</summary>
    public IReadOnlyList<CallWatchEvent> Events { get; init; } = [];

    /// <summary>Of every type.</summary>
    public long Total() => Added + Modified + Deleted + Bookmarks + Errors + Unknown;
}
