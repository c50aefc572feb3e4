namespace KubeLens.AppHost.Options;

/// <summary>The checked options.</summary>
/// <param name="Home">The state folder, an absolute path.</param>
/// <param name="Kubeconfigs">Existing kubeconfig files, absolute, in the order in which kubectl would merge them.</param>
/// <param name="Context">The context to use; null is the kubeconfig's current one.</param>
/// <param name="ConnectionString">Somebody's own Postgres; null is the embedded one.</param>
internal sealed record AppHostOptions(string Home, IReadOnlyList<string> Kubeconfigs, string? Context, Ports Ports, string? ConnectionString);

/// <summary>Loopback ports.</summary>
internal sealed record Ports(int Gateway, int Store, int Portal);
