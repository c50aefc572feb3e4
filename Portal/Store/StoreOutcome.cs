namespace KubeLens.Portal.Store;

internal enum StoreOutcome
{
    Ok,

    /// <summary>No such call, or it is past its retention.</summary>
    NotFound,

    /// <summary>The query or its time range cannot be run; see <see cref="StoreAnswer{T}.Problem"/>.</summary>
    BadQuery,

    /// <summary>The user's session is over, or never was.</summary>
    SignedOut,

    /// <summary>The user's role does not allow it.</summary>
    Refused,

    /// <summary>The Store is away, too slow or failing; see <see cref="StoreAnswer{T}.Failure"/>.</summary>
    Failed,
}
