namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>One thing a client does, the same way on every side.</summary>
/// <param name="Name">Unique; the expected differences speak of it.</param>
/// <param name="RunAsync">Does it and says what the client saw.</param>
internal sealed record Operation(string Name, Func<Side, Task<Observation>> RunAsync);
