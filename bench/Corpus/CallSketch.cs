using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Corpus;

/// <summary>What a kind of traffic decides of a call; <see cref="CallCorpus"/> adds what all calls have.</summary>
/// <param name="Agent">Who calls.</param>
/// <param name="Verb">Kubernetes' verb.</param>
/// <param name="Path">Without the query.</param>
/// <param name="About">The object or, for lists, one of its kind; null for other paths.</param>
internal sealed record CallSketch(Agent Agent, string Verb, string Path, KubeObject? About)
{
    public string Query { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Request { get; init; } = "";
    public string Response { get; init; } = "";
    public int Status { get; init; } = 200;
    public string Reason { get; init; } = "";

    /// <summary>Seconds that a watch was open; 0 for every other call.</summary>
    public int WatchSeconds { get; init; }

    /// <summary>How many events a watch had.</summary>
    public int WatchEvents { get; init; }

    public bool IsSecret { get; init; }
    public CallListing Listing { get; init; } = CallListing.None;
    public CallOptions Options { get; init; } = CallOptions.None;
    public CallProgram Program { get; init; } = CallProgram.None;

    /// <summary>Of the list or object that was answered.</summary>
    public long Revision { get; init; }

    public string Method => Verb switch { "create" => "POST", "update" => "PUT", "patch" => "PATCH", "delete" => "DELETE", _ => "GET" };
}
