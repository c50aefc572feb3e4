using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>A kubeconfig that cannot be used. The message names file, entry, field and fix, and is fit for the console as it stands.</summary>
internal sealed class KubeconfigException(string message, Exception? inner = null) : ConfigurationException(message, inner);
