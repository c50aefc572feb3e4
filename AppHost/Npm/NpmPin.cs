namespace KubeLens.AppHost.Npm;

/// <summary>Exactly one file of the npm registry.</summary>
/// <param name="Product">What is in it, for people.</param>
/// <param name="Name">The package.</param>
/// <param name="Version">Of the package.</param>
/// <param name="Integrity">The hash that npm holds what it fetched against.</param>
/// <param name="Instead">What to do where it cannot be fetched: the end of a sentence that begins with "Put that right, or".</param>
internal sealed record NpmPin(string Product, string Name, string Version, string Integrity, string Instead);
