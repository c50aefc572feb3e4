namespace KubeLens.Store.AccessReview;

/// <summary>What a call says of whether its user may do that. The numbers are stored: never renumber.</summary>
internal enum AccessResult : short
{
    /// <summary>The apiserver got beyond authorization.</summary>
    Allowed = 0,

    /// <summary>401 or 403.</summary>
    Denied = 1,

    /// <summary>No answer, or one that may come from before authorization: too many requests, or a failure.</summary>
    Undecided = 2,

    /// <summary>Allowed, and answered with 201: what is no create has needed the right to create as well.</summary>
    Created = 3,
}

internal static class AccessResults
{
    public static AccessResult Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => AccessResult.Denied,
        0 or StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError => AccessResult.Undecided,
        StatusCodes.Status201Created => AccessResult.Created,
        _ => AccessResult.Allowed,
    };
}
