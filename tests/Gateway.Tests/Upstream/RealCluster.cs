namespace KubeLens.Gateway.Tests.Upstream;

/// <summary>A real kube-apiserver: <c>KUBELENS_TEST_KUBECONFIGS</c> is a folder with its kubeconfigs.</summary>
internal static class RealCluster
{
    /// <summary>The kubeconfig of one of its users; skips the test when there is no cluster.</summary>
    public static string Find(string user)
    {
        var folder = Environment.GetEnvironmentVariable("KUBELENS_TEST_KUBECONFIGS");
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip("KUBELENS_TEST_KUBECONFIGS names no folder of kubeconfigs: there is no cluster to test with.");
        }

        return Path.Combine(folder, user + ".kubeconfig");
    }
}
