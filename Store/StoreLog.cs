namespace KubeLens.Store;

/// <summary>Every log line of the Store. Event ids: 1000 database, 1100 partitions, 1150 retention, 1200 ingest, 1250 calls in flight, 1300 search, 1340 live feeds, 1350 export, 1360 audit, 1380 sealing, 1392 legal holds, 1396 purges, 1397 holds and notes over the API, 1400 access, 1430 objects, 1440 managing access.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(1000, LogLevel.Warning, "The database does not answer yet ({Reason}); trying again in {RetryAfter}")]
    public static partial void DatabaseNotReady(this ILogger logger, string reason, TimeSpan retryAfter);

    [LoggerMessage(1001, LogLevel.Information, "Applying migrations: {Migrations}")]
    public static partial void Migrating(this ILogger logger, IReadOnlyList<string> migrations);

    [LoggerMessage(1002, LogLevel.Information, "The database schema is up to date")]
    public static partial void DatabaseReady(this ILogger logger);

    [LoggerMessage(1003, LogLevel.Information, "Distributed the table {Table} by {Column}")]
    public static partial void TableDistributed(this ILogger logger, string table, string column);

    [LoggerMessage(1004, LogLevel.Error, "The Store cannot begin: {Reason}. Looking again in {RetryAfter}")]
    public static partial void DistributionImpossible(this ILogger logger, string reason, TimeSpan retryAfter);

    [LoggerMessage(1100, LogLevel.Information, "Made partition {Partition}")]
    public static partial void PartitionCreated(this ILogger logger, string partition);

    [LoggerMessage(1101, LogLevel.Warning, "Could not make partition {Partition} ({Reason}); its rows go to the overflow or default table meanwhile")]
    public static partial void PartitionFailed(this ILogger logger, string partition, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "Partitions ahead of time have to wait ({Reason}); trying again in {RetryAfter}")]
    public static partial void PartitionsDelayed(this ILogger logger, string reason, TimeSpan retryAfter);

    [LoggerMessage(1150, LogLevel.Information, "Dropped {Partition} ({Reason})")]
    public static partial void RetentionDropped(this ILogger logger, string partition, string reason);

    [LoggerMessage(1151, LogLevel.Information, "{Partition} is due and is still being read, or written to; it is dropped later")]
    public static partial void RetentionDelayed(this ILogger logger, string partition);

    [LoggerMessage(1152, LogLevel.Warning, "What is due could not be dropped ({Reason}); trying again in {RetryAfter}")]
    public static partial void RetentionFailed(this ILogger logger, string reason, TimeSpan retryAfter);

    [LoggerMessage(1153, LogLevel.Warning, "The calls take {Bytes} bytes, above Retention:MaxBytes ({MaxBytes}), and nothing older is left to drop")]
    public static partial void RetentionTooLarge(this ILogger logger, long bytes, long maxBytes);

    [LoggerMessage(1154, LogLevel.Warning, "A cluster's calls come with the retention class {Class}, which is not in Retention:Classes: their headers and bodies are kept {Days} days as usual")]
    public static partial void RetentionUnknown(this ILogger logger, string @class, int days);

    [LoggerMessage(1200, LogLevel.Debug, "Stored {Stored} calls, {Duplicates} were stored already")]
    public static partial void Ingested(this ILogger logger, int stored, int duplicates);

    [LoggerMessage(1201, LogLevel.Warning, "Refused {Records} log records for good; the first: {Reason}")]
    public static partial void RecordsRejected(this ILogger logger, int records, string reason);

    [LoggerMessage(1202, LogLevel.Warning, "Cannot store calls now, the sender has to keep them ({Reason})")]
    public static partial void IngestUnavailable(this ILogger logger, string reason);

    [LoggerMessage(1203, LogLevel.Error, "The database refuses a delivery for what it holds; it will never be stored")]
    public static partial void IngestFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1250, LogLevel.Warning, "{Calls} calls were running when their gateway (boot {Boot}) was lost; they have ended as gatewayLost")]
    public static partial void CallsLost(this ILogger logger, int calls, string boot);

    [LoggerMessage(1251, LogLevel.Warning, "Calls of lost gateways cannot be looked at now ({Reason}); trying again in {RetryAfter}")]
    public static partial void CloseFailed(this ILogger logger, string reason, TimeSpan retryAfter);

    [LoggerMessage(1300, LogLevel.Warning, "A search was stopped after {Seconds} s")]
    public static partial void SearchStopped(this ILogger logger, int seconds);

    [LoggerMessage(1301, LogLevel.Warning, "Cannot search now ({Reason})")]
    public static partial void SearchUnavailable(this ILogger logger, string reason);

    [LoggerMessage(1340, LogLevel.Warning, "Live feeds hear nothing of what is stored ({Reason}); trying again in {RetryAfter}, and what they missed is looked for then")]
    public static partial void LiveInterrupted(this ILogger logger, string reason, TimeSpan retryAfter);

    [LoggerMessage(1341, LogLevel.Warning, "Somebody sent what is no notice to the channel of the live feeds ({Reason})")]
    public static partial void LiveNoticeUnread(this ILogger logger, string reason);

    [LoggerMessage(1342, LogLevel.Information, "{Who} followed {Calls} calls: q={Query}")]
    public static partial void Followed(this ILogger logger, string who, long calls, string query);

    [LoggerMessage(1350, LogLevel.Information, "{Who} exported {Calls} calls as {Format} ({Outcome}): q={Query}, from {From} to {To}")]
    public static partial void Exported(this ILogger logger, string who, long calls, string format, string outcome, string query, DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(1351, LogLevel.Error, "An export was cut off; the client's connection is aborted, so that it can tell")]
    public static partial void ExportCut(this ILogger logger, Exception exception);

    [LoggerMessage(1360, LogLevel.Warning, "Cannot take audit events now, the apiserver has to keep them ({Reason})")]
    public static partial void AuditUnavailable(this ILogger logger, string reason);

    [LoggerMessage(1361, LogLevel.Warning, "{Who} posted audit events of which {Events} could not be read; the first: {Reason}")]
    public static partial void AuditRefused(this ILogger logger, string who, int events, string reason);

    [LoggerMessage(1362, LogLevel.Warning, "{Calls} calls came with an audit-id of another call and do not agree with it: is:conflict finds both")]
    public static partial void AuditConflicts(this ILogger logger, int calls);

    [LoggerMessage(1363, LogLevel.Warning, "Audit events cannot be joined now ({Reason}); trying again in {RetryAfter}")]
    public static partial void AuditDelayed(this ILogger logger, string reason, TimeSpan retryAfter);

    [LoggerMessage(1364, LogLevel.Error, "The database refuses audit events for what they hold; they will never be stored")]
    public static partial void AuditFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1365, LogLevel.Debug, "Took {Events} audit events of {Cluster}, {Joined} joined with their call at once")]
    public static partial void AuditTaken(this ILogger logger, int events, string cluster, int joined);

    [LoggerMessage(1380, LogLevel.Information, "Sealed the {Calls} calls of {Hour} in {Took}")]
    public static partial void HourSealed(this ILogger logger, DateTime hour, long calls, TimeSpan took);

    [LoggerMessage(1381, LogLevel.Information, "Sealed {Calls} calls that came late for {Hour}")]
    public static partial void LateSealed(this ILogger logger, DateTime hour, long calls);

    [LoggerMessage(1382, LogLevel.Information, "Dropped {Partition}: all of its calls are sealed")]
    public static partial void PacksDropped(this ILogger logger, string partition);

    [LoggerMessage(1383, LogLevel.Warning, "Sealing stopped, nothing is half done; trying again in {RetryAfter}")]
    public static partial void SealingFailed(this ILogger logger, Exception exception, TimeSpan retryAfter);

    [LoggerMessage(1390, LogLevel.Error, "The calls of {Hour} cannot be sealed ({Reason}); they go on being answered from their rows, and are tried again in {RetryAfter}. `store verify` tells which are damaged")]
    public static partial void HourDamaged(this ILogger logger, DateTime hour, string reason, TimeSpan retryAfter);

    [LoggerMessage(1392, LogLevel.Information, "Legal holds keep {Calls} calls of {Partition}, which is dropped")]
    public static partial void HoldKept(this ILogger logger, long calls, string partition);

    [LoggerMessage(1393, LogLevel.Error, "{Partition} is due and is not dropped: it cannot be said what of it is under a legal hold ({Reason})")]
    public static partial void HoldUncertain(this ILogger logger, string partition, string reason);

    [LoggerMessage(1394, LogLevel.Information, "The legal hold {Name} was released; {Calls} calls that it kept, and no other does, have lost their headers and bodies and go by their age")]
    public static partial void HoldLetGo(this ILogger logger, string name, long calls);

    [LoggerMessage(1395, LogLevel.Warning, "{Calls} calls with {Bytes} bytes of headers and bodies are under a legal hold, and Retention:MaxBytes cannot have them")]
    public static partial void HoldTooLarge(this ILogger logger, long calls, long bytes);

    [LoggerMessage(1396, LogLevel.Warning, "{Who} purged {Calls} calls: q={Query}, from {From} to {To}; {Reason}")]
    public static partial void Purged(this ILogger logger, string who, long calls, string query, DateTimeOffset from, DateTimeOffset to, string reason);

    [LoggerMessage(1397, LogLevel.Information, "{Who} placed the legal hold {Name}: q={Query}, from {From} to {To}; {Reason}")]
    public static partial void HoldPlaced(this ILogger logger, string who, string name, string query, DateTimeOffset from, DateTimeOffset to, string reason);

    [LoggerMessage(1398, LogLevel.Information, "{Who} released the legal hold {Name}")]
    public static partial void HoldReleased(this ILogger logger, string who, string name);

    [LoggerMessage(1399, LogLevel.Information, "{Who} deleted a note of {Author} on call {CallId}")]
    public static partial void NoteDeleted(this ILogger logger, string who, string author, string callId);

    [LoggerMessage(1420, LogLevel.Warning, "Cannot count calls now ({Reason})")]
    public static partial void CountUnavailable(this ILogger logger, string reason);

    [LoggerMessage(1460, LogLevel.Warning, "{Part} of the status cannot be told ({Reason})")]
    public static partial void StatusUnknown(this ILogger logger, string part, string reason);

    [LoggerMessage(1400, LogLevel.Information, "{Who} read the stored bodies of call {CallId} (audit id {AuditId})")]
    public static partial void BodyRead(this ILogger logger, string who, string callId, string auditId);

    [LoggerMessage(1401, LogLevel.Information, "Session {Session} of {User} began with a one-time login code as {Role}, until {ExpiresAt}")]
    public static partial void SessionStarted(this ILogger logger, string session, string user, string role, DateTimeOffset expiresAt);

    [LoggerMessage(1402, LogLevel.Warning, "A sign-in with an unknown or used login code was refused")]
    public static partial void LoginRefused(this ILogger logger);

    [LoggerMessage(1403, LogLevel.Warning, "{Key} names {File}, which cannot be read ({Reason}); nobody can sign in with it")]
    public static partial void SecretUnreadable(this ILogger logger, string key, string file, string reason);

    [LoggerMessage(1430, LogLevel.Information, "{Who} read the history of {Resource} {Namespace}/{Name} in {Cluster}: {Versions} versions")]
    public static partial void HistoryRead(this ILogger logger, string who, string resource, string @namespace, string name, string cluster, int versions);

    [LoggerMessage(1431, LogLevel.Warning, "What is stored of call {CallId} cannot be read ({Reason}); the history of its object goes without it. `store verify` tells what is damaged")]
    public static partial void ObjectUnreadable(this ILogger logger, string callId, string reason);

    [LoggerMessage(1470, LogLevel.Warning, "What is stored of call {CallId} cannot be read ({Reason}); a search takes it for a call without bodies. `store verify` tells what is damaged")]
    public static partial void BodiesUnreadable(this ILogger logger, string callId, string reason);

    [LoggerMessage(1432, LogLevel.Information, "{Who} read the object in the stored answer of call {CallId}")]
    public static partial void ObjectRead(this ILogger logger, string who, string callId);

    [LoggerMessage(1440, LogLevel.Information, "{Who} made the {Token} as {Role}, until {ExpiresAt}")]
    public static partial void TokenMade(this ILogger logger, string who, string token, string role, DateTime expiresAt);

    [LoggerMessage(1441, LogLevel.Information, "{Who} revoked the {Token}")]
    public static partial void TokenRevoked(this ILogger logger, string who, string token);

    [LoggerMessage(1442, LogLevel.Warning, "It cannot be said now whose token it is ({Reason})")]
    public static partial void AccessUnavailable(this ILogger logger, string reason);

    [LoggerMessage(1444, LogLevel.Warning, "How far the export of access record {Record} went cannot be recorded ({Reason})")]
    public static partial void ExportEndUnrecorded(this ILogger logger, long record, string reason);

    [LoggerMessage(1443, LogLevel.Warning, "The database does not answer now ({Reason})")]
    public static partial void DatabaseUnavailable(this ILogger logger, string reason);
}
