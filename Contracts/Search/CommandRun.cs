namespace KubeLens.Contracts.Search;

/// <summary>
/// One run of a kubectl command: the calls with one <c>Kubectl-Session</c> of one user on one cluster, which is what a client says of itself.
/// All that is told of a run is told of its calls within the range, whether or not the query finds each. Absent text is empty.
/// </summary>
public sealed record CommandRun
{
    /// <summary>A uuid that kubectl makes for each run.</summary>
    public required string Session { get; init; }

    public required string Cluster { get; init; }

    /// <summary>Whom the apiserver saw.</summary>
    public required string User { get; init; }

    /// <summary>The <c>Kubectl-Command</c> of the oldest call that has one, such as <c>kubectl apply</c>: kubectl sends neither flags nor arguments.</summary>
    public required string Command { get; init; }

    /// <summary>Of the oldest call.</summary>
    public required string UserAgent { get; init; }

    /// <summary>Of the oldest call.</summary>
    public required string SourceIp { get; init; }

    /// <summary>When the oldest call began, UTC.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When the newest call completed, or now where one runs.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>All of them, running ones included.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that run.</summary>
    public required int InFlight { get; init; }

    /// <summary>Calls that ask for a change, as <c>is:mutating</c> finds them.</summary>
    public required int Writes { get; init; }

    /// <summary>Writes that were answered with a status of 200 to 299 and were no dry run.</summary>
    public required int Changes { get; init; }

    /// <summary>Shells, port-forwards and proxied connections, as <c>class:interactive</c> finds them.</summary>
    public required int Interactive { get; init; }

    /// <summary>Answered with 401 or 403, as <c>is:denied</c> finds them.</summary>
    public required int Refused { get; init; }

    /// <summary>Ended without an answer, or with a status of 400 and above; refused ones not, and not those that read what is not there (404).</summary>
    public required int Failed { get; init; }

    /// <summary>What the calls were about: changed ones first, then in the order of the calls. At most <see cref="MostObjects"/>.</summary>
    public required IReadOnlyList<CommandObject> Objects { get; init; }

    /// <summary>All of them.</summary>
    public required int ObjectCount { get; init; }

    /// <summary>Finds just the calls of this run, in the query language.</summary>
    public required string Query { get; init; }

    /// <summary>How many ended calls all this is told of, and since when: of a run of more than 5,000 the newest are.</summary>
    public required CountQuality Quality { get; init; }

    /// <summary>Most of <see cref="Objects"/>.</summary>
    public const int MostObjects = 20;
}
