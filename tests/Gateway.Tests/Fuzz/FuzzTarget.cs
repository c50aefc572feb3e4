namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>A parser, inputs for it and what must hold.</summary>
/// <param name="Name">As on the command line, and what kept inputs are called after.</param>
/// <param name="Make">An input; nothing but the random numbers decides which.</param>
/// <param name="Run">Throws when the parser throws what it does not document, or what it says is wrong.</param>
internal sealed record FuzzTarget(string Name, Func<Random, byte[]> Make, Action<byte[]> Run);
