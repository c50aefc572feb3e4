namespace KubeLens.Portal.Hosting;

/// <summary>The <c>Portal</c> section.</summary>
internal sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>Loopback port of the portal; 0 takes any free one.</summary>
    public int Port { get; set; } = 6446;

    /// <summary>The issued kubeconfig, shown in the first command to run. It is never read here.</summary>
    public string KubeconfigPath { get; set; } = "~/.kubelens/kubeconfig";

    /// <summary>Whether what was recorded is the demo cluster's made-up history: the search page then offers questions to start with.</summary>
    public bool Demo { get; set; }

    /// <summary>Template of the address at which a call's trace is shown, with <c>{traceId}</c> and <c>{spanId}</c>: <c>http://127.0.0.1:16686/trace/{traceId}</c> for Jaeger. Empty: nothing shows traces.</summary>
    public string TraceUrl { get; set; } = "";

    /// <summary>Folder of the keys that encrypt the sign-in cookie; made with mode 0700 when it is absent.</summary>
    public string KeysFolder { get; set; } = "";
}
