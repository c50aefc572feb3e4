namespace KubeLens.Contracts.Access;

/// <summary>Somebody read what was sent or answered. Absent text is empty; times are UTC.</summary>
public sealed record AccessRecordItem
{
    /// <summary>Grows with every record.</summary>
    public required long Id { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whose token it was.</summary>
    public required string Who { get; init; }

    /// <summary><c>auditor</c> or <c>admin</c>.</summary>
    public required string Role { get; init; }

    /// <summary>One of <see cref="AccessActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The call whose body it was; of a call that ran then, its id while it ran. Empty for a history and an export.</summary>
    public required string CallId { get; init; }

    /// <summary>Of an export its query, of a history the object: <c>prod deployments.apps shop/web</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Of an export its format.</summary>
    public required string Format { get; init; }

    /// <summary>Start of the range of an export, and of a history.</summary>
    public required DateTimeOffset? From { get; init; }

    /// <summary>End of that range, included.</summary>
    public required DateTimeOffset? To { get; init; }

    /// <summary>How many calls an export wrote; null for all else, and while it runs or where its end was not recorded.</summary>
    public required long? Calls { get; init; }

    /// <summary>Of an export that has ended: <c>whole</c>, <c>clientLeft</c> or <c>cut</c>.</summary>
    public required string Outcome { get; init; }
}
