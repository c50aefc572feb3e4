namespace KubeLens.DemoCluster.Hosting;

/// <summary>Where the demo cluster listens and keeps its few files. Section <c>DemoCluster</c>.</summary>
internal sealed class DemoClusterOptions
{
    public const string Section = "DemoCluster";
    public const string HomeKey = $"{Section}:{nameof(Home)}";

    /// <summary>Every name that the server certificate is good for and that a request may name.</summary>
    public static readonly IReadOnlyList<string> Names = ["localhost", "127.0.0.1", "::1", "kubernetes.default.svc"];

    /// <summary>The https port on loopback; 0 takes a free one.</summary>
    public int Port { get; set; } = 6447;

    /// <summary>
    /// Folder for the certificates, the token key and the kubeconfigs, made if missing, 0700. Empty:
    /// <c>$KUBELENS_HOME/demo</c>, else <c>~/.kubelens/demo</c>.
    /// </summary>
    public string Home { get; set; } = "";
}
