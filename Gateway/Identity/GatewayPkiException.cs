using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Identity;

/// <summary>The gateway's own certificates cannot be had. The message names the file and the fix, and is fit for the console.</summary>
internal sealed class GatewayPkiException(string message, Exception? inner = null) : ConfigurationException(message, inner);
