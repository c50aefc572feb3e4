using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>Where the way to a cluster is written down: a kubeconfig, else, in a pod, what its kubelet mounted.</summary>
internal static class ClusterContext
{
    /// <exception cref="KubeconfigException">Neither can be used.</exception>
    public static KubeconfigContext Load(ClusterOptions options, EndpointOptions endpoint)
    {
        var pod = new InCluster(options, endpoint, Environment.GetEnvironmentVariable);
        return options.InCluster || (options.Kubeconfig.Length == 0 && pod.IsInPod && !KubeconfigSources.Any())
            ? pod.Load()
            : KubeconfigLoader.Load(options.Kubeconfig, options.Context);
    }
}
