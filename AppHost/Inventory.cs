using KubeLens.AppHost.Options;
using KubeLens.AppHost.Postgres;
using KubeLens.AppHost.Processes;
using KubeLens.AppHost.State;
using KubeLens.AppHost.Telemetry;
using KubeLens.AppHost.Terminal;

namespace KubeLens.AppHost;

/// <summary>What runs, in the order in which it becomes ready; it stops in reverse.</summary>
internal static class Inventory
{
    private const string Demo = "democluster";

    public static IReadOnlyList<Resource> Of(AppHostOptions options, StateFolder state, EmbeddedPostgres? postgres, TelemetryParts telemetry)
    {
        var (gateway, store, portal) = (options.Ports.Gateway, options.Ports.Store, options.Ports.Portal);
        var storeAddress = $"http://127.0.0.1:{store}";
        var embedded = postgres?.Resource;

        Resource[] services =
        [
            Service("store", "Store", Colour.Cyan, $"{storeAddress}/health/ready", embedded is null ? [] : [embedded.Name], new(embedded is null ? [] : PostgresVariables.Removed())
            {
                ["Store__Port"] = $"{store}",
                ["ConnectionStrings__Store"] = postgres?.ConnectionString ?? options.ConnectionString,
                ["Access__ApiTokenFile"] = state.ApiToken,
                ["Access__ServiceTokenFile"] = state.ServiceToken,
                ["Access__LoginFolder"] = state.Login,
                ["Access__KeyFile"] = state.StoreKey,
                ["Access__AuditTokenFolder"] = state.AuditTokens,
            }) with
            {
                WhenNotReady = postgres is null ? "Its own lines tell whether the database of --connection-string answers." : "",
            },

            .. options.IsDemo ? [DemoCluster(options, state, storeAddress)] : Array.Empty<Resource>(),

            Service("gateway", "Gateway", Colour.Green, $"https://127.0.0.1:{gateway}/health/ready", options.IsDemo ? [Demo] : [], new()
            {
                ["Gateway__Port"] = $"{gateway}",
                ["Gateway__ProxyPort"] = $"{options.Ports.Proxy}",
                ["Gateway__Home"] = state.Home,
                ["Cluster__Kubeconfig"] = options.IsDemo ? state.DemoKubeconfig : string.Join(':', options.Kubeconfigs),
                ["Cluster__Context"] = options.Context,
                ["Cluster__Identity"] = options.IsDemo ? "impersonate" : Environment.GetEnvironmentVariable("Cluster__Identity"), // many people call the demo, each by name
                ["Store__Address"] = storeAddress,
                ["Store__TokenFile"] = state.ServiceToken,
                ["Spool__Folder"] = state.Spool,
                ["Telemetry__CallUrl"] = Environment.GetEnvironmentVariable("Telemetry__CallUrl") ?? $"http://127.0.0.1:{portal}/search?q=audit:{{auditId}}&from={{started}}&to=now",
            }),

            Service("portal", "Portal", Colour.Magenta, $"http://127.0.0.1:{portal}/health/ready", [], new()
            {
                ["Portal__Port"] = $"{portal}",
                ["Portal__KubeconfigPath"] = state.Kubeconfig,
                ["Portal__KeysFolder"] = state.PortalKeys,
                ["Portal__Demo"] = options.IsDemo ? "true" : null,
                ["Portal__TraceUrl"] = Environment.GetEnvironmentVariable("Portal__TraceUrl") ?? telemetry.TraceUrl,
                ["Store__Address"] = storeAddress,
            }),
        ];

        return [.. embedded is null ? Array.Empty<Resource>() : [embedded], .. telemetry.Resources, .. services.Select(service => service.With(telemetry.Variables))];
    }

    private static Resource DemoCluster(AppHostOptions options, StateFolder state, string storeAddress) =>
        Service(Demo, "DemoCluster", Colour.Yellow, $"https://127.0.0.1:{options.Ports.Demo}/health/ready", ["store"], new()
        {
            ["DemoCluster__Port"] = $"{options.Ports.Demo}",
            ["DemoCluster__Home"] = state.Demo,
            ["Life__Enabled"] = "true",
            ["Life__GatewayAddress"] = $"https://127.0.0.1:{options.Ports.Gateway}",
            ["Life__GatewayAuthorityFile"] = state.Authority,
            ["Life__StoreAddress"] = storeAddress,
            ["Life__StoreTokenFile"] = state.ServiceToken,
        }) with
        {
            WhenNotReady = "It plays two hours of history first.",
        };

    private static Resource Service(string name, string project, Colour colour, string health, IReadOnlyList<string> dependsOn, Dictionary<string, string?> environment)
    {
        var assembly = ServiceAssemblies.Find(project);
        foreach (var (variable, value) in ServiceEnvironment.Common())
        {
            environment.TryAdd(variable, value);
        }

        return new Resource(name, colour, _ => Task.FromResult<IReadOnlyList<string>>([ServiceAssemblies.Dotnet(), assembly]), new HttpProbe(new Uri(health)))
        {
            Environment = environment,
            Folder = Path.GetDirectoryName(assembly),
            DependsOn = dependsOn,
        };
    }
}
