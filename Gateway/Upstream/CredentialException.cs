namespace KubeLens.Gateway.Upstream;

/// <summary>The gateway's credential for a cluster cannot be had; the message names what and where.</summary>
internal sealed class CredentialException(string message, Exception? inner = null) : Exception(message, inner);
