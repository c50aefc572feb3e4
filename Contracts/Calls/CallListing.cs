namespace KubeLens.Contracts.Calls;

/// <summary>What is known of a list that was answered.</summary>
public sealed record CallListing
{
    /// <summary>No list was answered, or nothing is known of it.</summary>
    public static CallListing None { get; } = new();

    public CallListingPart Part { get; init; }

    /// <summary>How many items the answer had; null when it was longer than what was kept, which nobody counts.</summary>
    public long? Items { get; init; }

    /// <summary>How many more there are, as the apiserver says (<c>remainingItemCount</c>); null where it does not.</summary>
    public long? RemainingItems { get; init; }

    /// <summary>The answer has a <c>continue</c> token: there is a page after it.</summary>
    public bool Continues { get; init; }
}
