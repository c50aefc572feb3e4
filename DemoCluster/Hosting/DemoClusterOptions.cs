namespace KubeLens.DemoCluster.Hosting;

/// <summary>Where the demo cluster listens and keeps its few files. Section <c>DemoCluster</c>.</summary>
internal sealed class DemoClusterOptions
{
    public const string Section = "DemoCluster";

    /// <summary>The https port on loopback; 0 takes a free one.</summary>
    public int Port { get; set; } = 6447;

    /// <summary>Folder for the certificate, the token key and the kubeconfigs, made if missing, 0700.</summary>
    public string Home { get; set; } = "";
}
