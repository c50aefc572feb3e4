namespace KubeLens.Testing;

/// <summary>A kubectl of this machine.</summary>
/// <param name="Minor">Of its version: 32 for v1.32.4.</param>
public sealed record KubectlProgram(string Path, int Minor);
