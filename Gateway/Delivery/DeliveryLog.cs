namespace KubeLens.Gateway.Delivery;

/// <summary>Event ids 1300–1399.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(1300, LogLevel.Warning, "The Store at {Address} cannot be reached, calls wait in the spool: {Reason}")]
    public static partial void StoreAway(ILogger log, Uri address, string reason);

    [LoggerMessage(1301, LogLevel.Warning, "The Store at {Address} answers {Status}, calls wait in the spool: {Message}")]
    public static partial void StoreRefuses(ILogger log, Uri address, int status, string message);

    [LoggerMessage(1302, LogLevel.Information, "The Store at {Address} takes calls again")]
    public static partial void StoreBack(ILogger log, Uri address);

    [LoggerMessage(1303, LogLevel.Error, "The Store rejected {Rejected} of {Calls} calls of batch {Batch}: {Message}")]
    public static partial void PartlyRejected(ILogger log, long rejected, int calls, long batch, string message);

    [LoggerMessage(1304, LogLevel.Warning, "The Store accepted batch {Batch} and says: {Message}")]
    public static partial void Warned(ILogger log, long batch, string message);

    [LoggerMessage(1305, LogLevel.Error, "The Store refused batch {Batch} of {Calls} calls with {Status}, it was set aside in the spool's dead-letter folder: {Message}")]
    public static partial void SetAside(ILogger log, long batch, int calls, int status, string message);

    [LoggerMessage(1306, LogLevel.Error, "Batch {Batch} was refused but could not be set aside; it is tried again")]
    public static partial void DeadLetterFailed(ILogger log, Exception exception, long batch);

    [LoggerMessage(1307, LogLevel.Error, "Refused batches take more than Delivery:DeadLetterBytes: {File} was deleted")]
    public static partial void DeadLetterDropped(ILogger log, string file);

    [LoggerMessage(1308, LogLevel.Error, "Delivery failed and goes on")]
    public static partial void WorkFailed(ILogger log, Exception exception);

    [LoggerMessage(1309, LogLevel.Information, "Delivery has stopped, everything is delivered")]
    public static partial void StoppedEmpty(ILogger log);

    [LoggerMessage(1310, LogLevel.Warning, "Delivery has stopped, {Calls} calls stay in the spool for the next start")]
    public static partial void StoppedWith(ILogger log, long calls);

    [LoggerMessage(1311, LogLevel.Warning, "Store:Address {Address} is neither https nor this machine: calls and the token of Store:TokenFile travel readable")]
    public static partial void PlainAddress(ILogger log, string address);
}
