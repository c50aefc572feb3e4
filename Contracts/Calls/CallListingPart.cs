namespace KubeLens.Contracts.Calls;

/// <summary>How much of a list an answer was. The numbers are on the wire and stored: add at the end, never renumber.</summary>
public enum CallListingPart
{
    /// <summary>No list, or its metadata was not seen.</summary>
    Unknown = 0,

    /// <summary>All there is.</summary>
    Whole = 1,

    /// <summary>One page of several.</summary>
    Page = 2,
}
