namespace KubeLens.Contracts.Search;

/// <summary>The client program as it calls itself; nobody checks it. Absent text is empty.</summary>
public sealed record ProgramItem
{
    /// <summary>Of the user agent: <c>kubectl</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Of the user agent: <c>v1.32.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Of the user agent: <c>linux/amd64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>Of the user agent, as client-go programs add it: <c>leader-election</c>.</summary>
    public required string Component { get; init; }

    /// <summary>The kubectl command: <c>kubectl apply</c>.</summary>
    public required string Command { get; init; }

    /// <summary>What all calls of one run of kubectl share.</summary>
    public required string Session { get; init; }
}
