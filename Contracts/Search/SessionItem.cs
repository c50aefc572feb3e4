namespace KubeLens.Contracts.Search;

/// <summary>An exec, attach or port-forward. Absent text is empty.</summary>
public sealed record SessionItem
{
    /// <summary><c>exec</c>, <c>attach</c> or <c>portforward</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The command line, redacted.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required string Container { get; init; }
    public required bool IsTty { get; init; }

    /// <summary>Those asked for, of <c>stdin</c>, <c>stdout</c>, <c>stderr</c>.</summary>
    public required IReadOnlyList<string> Streams { get; init; }

    /// <summary>Ports of the pod.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>The subprotocol; empty where there was no upgrade.</summary>
    public required string Protocol { get; init; }

    /// <summary><c>success</c>, <c>failure</c>, or empty where it is not known.</summary>
    public required string Result { get; init; }

    public required int? ExitCode { get; init; }
    public required string Failure { get; init; }

    /// <summary>Bytes of stdin, or sent to the ports.</summary>
    public required long InputBytes { get; init; }

    /// <summary>Bytes of stdout, or received from the ports.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>Bytes of stderr, or of the ports' error channels.</summary>
    public required long ErrorBytes { get; init; }

    public required long Resizes { get; init; }

    /// <summary>The terminal's last size; null where none was told.</summary>
    public required int? Columns { get; init; }

    /// <inheritdoc cref="Columns"/>
    public required int? Rows { get; init; }

    public required long Connections { get; init; }

    /// <summary>Why what passed could not be read to its end; empty where it was.</summary>
    public required string Undecoded { get; init; }

    /// <summary><c>output</c>, <c>input-and-output</c>, or empty where the terminal was not recorded.</summary>
    public required string Recorded { get; init; }
}
