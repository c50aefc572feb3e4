namespace KubeLens.Contracts.Calls;

/// <summary>What kubectl says of itself beside its user agent. Nobody checks it.</summary>
public sealed record CallProgram
{
    /// <summary>It said nothing.</summary>
    public static CallProgram None { get; } = new();

    /// <summary>The command without its arguments: <c>kubectl apply</c>.</summary>
    public string Command { get; init; } = "";

    /// <summary>A UUID that all calls of one run share.</summary>
    public string Session { get; init; } = "";
}
