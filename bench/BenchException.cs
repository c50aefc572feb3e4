namespace KubeLens.Bench;

/// <summary>Why a benchmark cannot run or does not count, for the person at the console.</summary>
internal sealed class BenchException(string message) : Exception(message);
