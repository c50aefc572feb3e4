namespace KubeLens.Contracts.Calls;

/// <summary>What the bodies tell of the object that a call was about. Text that is absent is empty.</summary>
public sealed record CallObject
{
    /// <summary>Nothing is known of it, or the call was about no single object.</summary>
    public static CallObject None { get; } = new();

    /// <summary>From the answer; a UUID wherever Kubernetes made it.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Of the object or list in the answer: what it is after the call.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>The version that the request insisted on: of the object in it, or of a delete's preconditions.</summary>
    public string ResourceVersionBefore { get; init; } = "";

    /// <summary>Counts the changes of what is wanted; null where the answer has none.</summary>
    public long? Generation { get; init; }

    /// <summary>Of the controlling owner, else of the first.</summary>
    public string OwnerKind { get; init; } = "";

    public string OwnerName { get; init; } = "";

    /// <summary>Of a Kubernetes <c>Status</c> answer, redacted; at most <see cref="MaxMessage"/> characters.</summary>
    public string Message { get; init; } = "";

    /// <summary>A longer message is cut.</summary>
    public const int MaxMessage = 1_024;
}
