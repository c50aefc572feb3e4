namespace KubeLens.Testing;

/// <summary>A metric as it came to a collector, in one export.</summary>
/// <param name="Type"><c>gauge</c>, <c>counter</c> (a monotonic sum), <c>updown</c> (any other sum) or <c>histogram</c>.</param>
public sealed record SeenMetric(string Scope, string Name, string Description, string Unit, string Type, IReadOnlyList<SeenPoint> Points, IReadOnlyDictionary<string, string> Resource);
