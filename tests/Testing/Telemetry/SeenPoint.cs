namespace KubeLens.Testing;

/// <summary>A data point: the value of a sum or gauge, or the count and sum of a histogram.</summary>
/// <param name="Exemplars">Trace ids.</param>
public sealed record SeenPoint(IReadOnlyDictionary<string, string> Attributes, double Value, ulong Count, IReadOnlyList<string> Exemplars);
