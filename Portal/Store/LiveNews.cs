using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Store;

/// <summary>What a live feed tells.</summary>
internal abstract record LiveNews
{
    /// <summary>It listens: from here on nothing is missed.</summary>
    public sealed record Listening : LiveNews;

    /// <summary>A call was stored.</summary>
    public sealed record Stored(CallItem Call) : LiveNews;

    /// <summary>The Store left calls out; null when nobody knows how many.</summary>
    public sealed record LeftOut(long? Calls) : LiveNews;

    /// <summary>The Store does not answer, or no longer; it is asked again.</summary>
    public sealed record Interrupted(string Reason) : LiveNews;

    /// <summary>The query cannot be run. Nothing follows.</summary>
    public sealed record Refused(QueryProblem Problem) : LiveNews;

    /// <summary>The user's session is over. Nothing follows.</summary>
    public sealed record SignedOut : LiveNews;
}
