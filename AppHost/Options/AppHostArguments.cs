namespace KubeLens.AppHost.Options;

/// <summary>The command line as given, unchecked.</summary>
internal sealed record AppHostArguments
{
    public string? Kubeconfig { get; init; }

    public string? Context { get; init; }

    public string GatewayPort { get; init; } = "6444";

    public string StorePort { get; init; } = "6445";

    public string PortalPort { get; init; } = "6446";

    /// <summary>Null for no forward proxy.</summary>
    public string? ProxyPort { get; init; }

    public bool Demo { get; init; }

    public string DemoPort { get; init; } = "6447";

    public string? ConnectionString { get; init; }

    public string? OtlpEndpoint { get; init; }

    public bool Dashboard { get; init; }

    public string DashboardPort { get; init; } = "18888";

    public bool Jaeger { get; init; }

    public string JaegerPort { get; init; } = "16686";

    public string OtlpPort { get; init; } = "4317";
}
