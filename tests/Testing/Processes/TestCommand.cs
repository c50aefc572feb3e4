namespace KubeLens.Testing;

/// <summary>A program to start.</summary>
public sealed record TestCommand(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>Set (or, where null, removed) on top of the environment of the tests.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Makes the program end with the tests, even when these are killed with -9. Its standard input is then empty.</summary>
    public Leash? Leash { get; init; }

    public override string ToString() => string.Join(' ', Arguments.Prepend(FileName));
}
