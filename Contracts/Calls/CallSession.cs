namespace KubeLens.Contracts.Calls;

/// <summary>An exec, attach or port-forward: what was asked for, and what passed through its channels. Absent text is empty.</summary>
public sealed record CallSession
{
    /// <summary>Of every other call.</summary>
    public static CallSession None { get; } = new();

    /// <summary><c>exec</c>, <c>attach</c> or <c>portforward</c>; empty for every other call.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The command line, redacted as the query that it came in.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    public string Container { get; init; } = "";
    public bool IsTty { get; init; }

    /// <summary>Those asked for, of <c>stdin</c>, <c>stdout</c>, <c>stderr</c>.</summary>
    public IReadOnlyList<string> Streams { get; init; } = [];

    /// <summary>Ports of the pod that were connected to or, before there was a connection, asked for.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>The subprotocol that both sides agreed on: <c>v5.channel.k8s.io</c>; empty where there was no upgrade.</summary>
    public string Protocol { get; init; } = "";

    /// <summary><c>success</c> or <c>failure</c>, as the error channel said; empty where it said nothing.</summary>
    public string Result { get; init; } = "";

    /// <summary>Of the command; null where it is not known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it failed, in the words of the error channel.</summary>
    public string Failure { get; init; } = "";

    /// <summary>Bytes of stdin, or sent to the ports.</summary>
    public long InputBytes { get; init; }

    /// <summary>Bytes of stdout (with a terminal of stderr, too), or received from the ports.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Bytes of stderr, or of the ports' error channels.</summary>
    public long ErrorBytes { get; init; }

    /// <summary>How often the client told the size of its terminal.</summary>
    public long Resizes { get; init; }

    /// <summary>The last such size; 0 where there was none.</summary>
    public int Columns { get; init; }

    /// <inheritdoc cref="Columns"/>
    public int Rows { get; init; }

    /// <summary>Connections to the pod's ports.</summary>
    public long Connections { get; init; }

    /// <summary>Why what passed could not be read to its end; empty where it was.</summary>
    public string Undecoded { get; init; } = "";

    /// <summary><c>output</c> or <c>input-and-output</c> where the response's body is a recording of the terminal.</summary>
    public string Recorded { get; init; } = "";
}
