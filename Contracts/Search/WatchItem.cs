namespace KubeLens.Contracts.Search;

/// <summary>The events of a watch, counted over the whole of its answer. Absent text is empty.</summary>
public sealed record WatchItem
{
    /// <summary><c>json</c>, <c>protobuf</c>, <c>cbor</c>, or <c>other</c>, which is not counted.</summary>
    public required string Encoding { get; init; }

    public required WatchCount Added { get; init; }
    public required WatchCount Modified { get; init; }
    public required WatchCount Deleted { get; init; }
    public required WatchCount Bookmarks { get; init; }
    public required WatchCount Errors { get; init; }

    /// <summary>Of any other type, or of none.</summary>
    public required WatchCount Unknown { get; init; }

    /// <summary>When the first event had passed, in milliseconds since the call's start; null without one.</summary>
    public required double? FirstMs { get; init; }

    /// <summary>When the last event had passed, in milliseconds since the call's start; null without one.</summary>
    public required double? LastMs { get; init; }

    /// <summary>The resource version of the first event that had one.</summary>
    public required string FirstVersion { get; init; }

    /// <summary>The resource version of the last event that had one.</summary>
    public required string LastVersion { get; init; }

    /// <summary>The resource version of the last bookmark.</summary>
    public required string BookmarkVersion { get; init; }

    /// <summary>Of the last error's Status: 410 when the resource version is too old; null without one.</summary>
    public required int? ErrorCode { get; init; }

    /// <summary>Of the last error's Status.</summary>
    public required string ErrorReason { get; init; }

    /// <summary>Why the numbers do not cover all of the answer; empty where they do.</summary>
    public required string Uncounted { get; init; }

    /// <summary>The first events, as many as the gateway kept.</summary>
    public required IReadOnlyList<WatchEventItem> Events { get; init; }
}
