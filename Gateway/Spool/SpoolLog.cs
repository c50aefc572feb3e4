namespace KubeLens.Gateway.Spool;

/// <summary>Event ids 1200–1299.</summary>
internal static partial class SpoolLog
{
    [LoggerMessage(1200, LogLevel.Information, "Spool {Folder} is open: boot {Boot}, {Calls} calls of earlier boots are still to be delivered")]
    public static partial void Opened(ILogger log, string folder, string boot, long calls);

    [LoggerMessage(1201, LogLevel.Error, "The spool cannot make a segment in {Folder}, calls may be dropped until it can: {Reason}")]
    public static partial void Unwritable(ILogger log, Exception exception, string folder, string reason);

    [LoggerMessage(1202, LogLevel.Information, "The spool can make segments in {Folder} again")]
    public static partial void WritableAgain(ILogger log, string folder);

    [LoggerMessage(1203, LogLevel.Error, "Segment {Segment} is damaged at byte {Offset}; what is whole in it will be delivered, then it is kept aside")]
    public static partial void SegmentDamaged(ILogger log, string segment, int offset);

    [LoggerMessage(1204, LogLevel.Error, "Segment {Segment} cannot be read, because {Reason}; it is kept aside")]
    public static partial void SegmentUnreadable(ILogger log, string segment, string reason);

    [LoggerMessage(1205, LogLevel.Warning, "A damaged segment was moved to {Path}")]
    public static partial void Quarantined(ILogger log, string path);

    [LoggerMessage(1206, LogLevel.Warning, "Segment {Path} is done with but could not be removed; its calls may be sent again after a restart")]
    public static partial void NotDiscarded(ILogger log, Exception exception, string path);

    [LoggerMessage(1207, LogLevel.Warning, "The spool is full: the oldest segment {Segment} with {Calls} undelivered calls was dropped")]
    public static partial void OldestDropped(ILogger log, string segment, int calls);

    [LoggerMessage(1208, LogLevel.Warning, "The spool is dropping: so far {Calls} calls and {Bodies} bodies since the start")]
    public static partial void Dropping(ILogger log, long calls, long bodies);

    [LoggerMessage(1209, LogLevel.Information, "The spool no longer drops: {Calls} calls and {Bodies} bodies were dropped since the start")]
    public static partial void NoLongerDropping(ILogger log, long calls, long bodies);

    [LoggerMessage(1210, LogLevel.Error, "The spool could not force its segments to the disk")]
    public static partial void FlushFailed(ILogger log, Exception exception);

    [LoggerMessage(1211, LogLevel.Information, "The spool is closed; {Calls} calls in it are left for the next start")]
    public static partial void Closed(ILogger log, long calls);

    [LoggerMessage(1212, LogLevel.Debug, "The spool's background work has ended")]
    public static partial void Closing(ILogger log);

    [LoggerMessage(1213, LogLevel.Error, "The spool's background work failed and goes on")]
    public static partial void WorkFailed(ILogger log, Exception exception);
}
