using KubeLens.Gateway.Identity;

namespace KubeLens.Gateway.Connect;

/// <summary>A cluster in a kubeconfig that the gateway writes.</summary>
/// <param name="Context">Name of its context.</param>
/// <param name="Server">The gateway's address, with the path of the cluster.</param>
/// <param name="Namespace">The context's namespace; empty for none.</param>
/// <param name="TlsServerName">See <see cref="EndpointOptions.TlsServerName"/>.</param>
internal sealed record KubeconfigEntry(string Context, string Server, string Namespace, string TlsServerName = "");
