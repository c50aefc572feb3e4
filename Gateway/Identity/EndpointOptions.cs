using System.Net;

namespace KubeLens.Gateway.Identity;

/// <summary>Where callers reach the gateway, and where it keeps what they need for that. Section <c>Gateway</c>.</summary>
internal sealed class EndpointOptions
{
    public const string Section = "Gateway";

    /// <summary>The https port on loopback; 0 takes a free one.</summary>
    public int Port { get; set; } = 6444;

    /// <summary>
    /// Folder for <c>pki/</c> and the issued <c>kubeconfig</c>. Empty: <c>$KUBELENS_HOME</c>, else <c>/var/lib/kubelens</c>
    /// for root and <c>~/.kubelens</c> for others.
    /// </summary>
    public string Home { get; set; } = "";

    /// <summary>This gateway's name in records. Default: the machine's.</summary>
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>Host names and addresses that callers may use besides localhost, 127.0.0.1 and ::1.</summary>
    public IList<string> Names { get; } = [];

    public string PkiFolder => Path.Combine(Home, "pki");

    /// <summary>Where the kubeconfig that points at the gateway is written.</summary>
    public string IssuedKubeconfig => Path.Combine(Home, "kubeconfig");

    /// <summary>Every name of the gateway, addresses in their shortest form.</summary>
    public IReadOnlyList<string> AllNames =>
        [.. new[] { "localhost", "127.0.0.1", "::1" }.Concat(Names).Select(Normal).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string Normal(string name) => IPAddress.TryParse(name, out var address) ? address.ToString() : name;
}
