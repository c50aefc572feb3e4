namespace KubeLens.Bench.Corpus;

/// <summary>A kind of traffic and how many of a hundred calls are of it.</summary>
internal sealed record TrafficKind(string Name, int Percent, Func<DateTime, CallSketch> Next);
