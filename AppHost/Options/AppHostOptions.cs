using KubeLens.AppHost.Telemetry;

namespace KubeLens.AppHost.Options;

/// <summary>The checked options.</summary>
/// <param name="Home">The state folder, an absolute path.</param>
/// <param name="Kubeconfigs">Existing kubeconfig files, absolute, in the order in which kubectl would merge them; none with a demo.</param>
/// <param name="Context">The context to use; null is the kubeconfig's current one.</param>
/// <param name="ConnectionString">Somebody's own Postgres; null is the embedded one.</param>
internal sealed record AppHostOptions(string Home, IReadOnlyList<string> Kubeconfigs, string? Context, Ports Ports, string? ConnectionString)
{
    /// <summary>Not empty when a cluster of our own is recorded instead of the user's: the sentence that says why.</summary>
    public string Demo { get; init; } = "";

    public bool IsDemo => Demo.Length > 0;

    /// <summary>Null where it is not asked for.</summary>
    public OnPath? Jaeger { get; init; }

    /// <summary>Somebody's own that takes the services' telemetry; null for none.</summary>
    public OtlpEndpoint? Otlp { get; init; }
}

/// <summary>Loopback ports.</summary>
/// <param name="Demo">Opened only for a demo.</param>
internal sealed record Ports(int Gateway, int Store, int Portal, int Demo)
{
    /// <summary>The gateway's forward proxy; 0 for none.</summary>
    public int Proxy { get; init; }

    /// <summary>The Aspire dashboard; 0 for none.</summary>
    public int Dashboard { get; init; }

    /// <summary>Jaeger's own pages; 0 where we start none.</summary>
    public int Jaeger { get; init; }

    /// <summary>Where what we start takes telemetry; 0 for nothing.</summary>
    public int Otlp { get; init; }
}
