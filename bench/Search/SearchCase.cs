using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Search;

/// <summary>A question, asked again and again about other calls.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="Query">In the query language, about one stored call.</param>
internal sealed record SearchCase(string Name, Func<CallRecord, string> Query)
{
    /// <summary>Which calls it can be asked about.</summary>
    public Func<CallRecord, bool> Suits { get; init; } = _ => true;

    /// <summary>What answers, with everything before the query.</summary>
    public string Endpoint { get; init; } = "/api/v1/calls?limit=100&q=";

    /// <summary>The range ends at a moment of its own: a page from the middle of everything.</summary>
    public bool EndsAnywhere { get; init; }

    /// <summary>It finds the call, so that an empty answer is a fault; else it finds nothing, and one that is not is.</summary>
    public bool? Finds { get; init; } = true;
}
