namespace KubeLens.Gateway.Redact.Rules.Paths;

/// <summary>A JSONPath that is not supported or none at all.</summary>
/// <param name="column">Where, from 1.</param>
/// <param name="problem">What is wrong and what to write instead, a sentence without its end.</param>
internal sealed class JsonPathException(int column, string problem) : Exception($"column {column}: {problem}")
{
    public int Column { get; } = column;
}
