namespace KubeLens.AppHost.Options;

/// <summary>The options' names, for the command line and for the errors that speak of them.</summary>
internal static class OptionNames
{
    public const string Kubeconfig = "--kubeconfig";
    public const string Context = "--context";
    public const string GatewayPort = "--gateway-port";
    public const string StorePort = "--store-port";
    public const string PortalPort = "--portal-port";
    public const string ProxyPort = "--proxy-port";
    public const string Demo = "--demo";
    public const string DemoPort = "--demo-port";
    public const string OtlpEndpoint = "--otlp-endpoint";
    public const string Dashboard = "--dashboard";
    public const string DashboardPort = "--dashboard-port";
    public const string OtlpPort = "--otlp-port";
    public const string Jaeger = "--jaeger";
    public const string JaegerPort = "--jaeger-port";
    public const string ConnectionString = "--connection-string";
}
