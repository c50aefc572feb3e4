using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Kinds;
using static KubeLens.DemoCluster.Hosting.Seed.RbacJson;

namespace KubeLens.DemoCluster.Life.World;

/// <summary>The demo's namespaces, programs, configuration, secrets and rights, as they are before the story begins.</summary>
internal sealed class WorldSeed : IClusterSeed
{
    private static readonly string[] Namespaces = [Workloads.Shop, Workloads.Platform, "monitoring"];

    public IEnumerable<(ResourceKind Kind, JsonObject Value)> Objects() =>
    [
        .. Namespaces.Select(name => Named("Namespace", Plain("v1", "Namespace", name))),
        .. Namespaces.Select(ns => Named("ServiceAccount", Plain("v1", "ServiceAccount", "default", ns))),
        .. Configuration().Select(value => Named("ConfigMap", value)),
        .. Secrets().Select(value => Named("Secret", value)),
        .. Rights(),
        .. Workloads.All.SelectMany(workload => new[] { Named("ServiceAccount", workload.Account()), Named("Service", workload.Service()), Named("Deployment", workload.Deployment()) }),
        Named("CronJob", NightlyReport()),
    ];

    private static IEnumerable<JsonObject> Configuration() =>
    [
        Data("ConfigMap", Workloads.Shop, Workloads.CheckoutConfig, "data", ("DATABASE_HOST", "orders-db.shop.svc"), ("DATABASE_POOL", "20"), ("PAYMENTS_URL", "http://payments-api.shop.svc")),
        Data("ConfigMap", Workloads.Shop, "storefront-config", "data", ("FEATURE_NEW_BASKET", "false"), ("THEME", "autumn")),
        Data("ConfigMap", "monitoring", "alert-rules", "data", ("rules.yaml", "groups:\n- name: shop\n  rules:\n  - alert: CheckoutDown\n    expr: up{app=\"checkout\"} == 0\n    for: 2m\n")),
    ];

    // Made up, and of no use anywhere. What matters is that none of these is found in what is recorded.
    private static IEnumerable<JsonObject> Secrets() =>
    [
        Data("Secret", Workloads.Shop, "orders-db", "stringData", ("username", "orders"), ("password", "demo-orders-9f31c2")),
        Data("Secret", Workloads.Shop, "payments-db", "stringData", ("username", "payments"), ("password", "demo-payments-77ab01")),
        Data("Secret", Workloads.Shop, "card-processor", "stringData", ("api-key", "demo-key-51d0cc")),
        Data("Secret", Workloads.Platform, "registry-login", "stringData", ("token", "demo-registry-03be6e")),
    ];

    private static IEnumerable<(ResourceKind Kind, JsonObject Value)> Rights() =>
    [
        // Whoever holds a kubeconfig that the gateway issued on this machine looks around freely.
        Named("ClusterRoleBinding", ClusterRoleBinding("kubelens-users", "cluster-admin", "Group:kubelens")),
        Named("ClusterRole", ClusterRole("pod-lister", Rule(Read, "core", "pods nodes namespaces"))),
        Named("ClusterRoleBinding", ClusterRoleBinding("inventory-sync", "pod-lister", Account("inventory-sync"))),
        Named("ClusterRole", ClusterRole("secret-reader", Rule("get list", "core", "secrets"))),
        Named("ClusterRoleBinding", ClusterRoleBinding("report-exporter", "secret-reader", Account("report-exporter"))),
        Named("ClusterRole", ClusterRole("cron-viewer", Rule(Read, "batch", "cronjobs"))),
        Named("ClusterRoleBinding", ClusterRoleBinding("legacy-cron", "cron-viewer", Account("legacy-cron"))),
        Named("ClusterRoleBinding", ClusterRoleBinding("deployer", "admin", Account("deployer"))),
        Named("ClusterRole", ClusterRole("autoscaler", Rule("get list update patch", "apps", "deployments deployments/scale"), Rule(Read, "core", "pods"), Rule("create patch", "core", "events"))),
        Named("ClusterRoleBinding", ClusterRoleBinding("autoscaler", "autoscaler", Account("horizontal-pod-autoscaler", "kube-system"))),
        // Too much: it is what the night shell finds.
        Named("ClusterRoleBinding", ClusterRoleBinding("payments-api-debug", "secret-reader", Account("payments-api", Workloads.Shop))),
        Named("ClusterRole", ClusterRole("night-shift", Rule("get list", "core", "pods pods/log"), Rule("create get", "core", "pods/exec"))),
        Named("ClusterRoleBinding", ClusterRoleBinding("night-shift", "night-shift", "Group:contractors")),
    ];

    private static JsonObject NightlyReport()
    {
        var job = Plain("batch/v1", "CronJob", "nightly-report", Workloads.Platform);
        job["spec"] = new JsonObject
        {
            ["schedule"] = "30 2 * * *",
            ["jobTemplate"] = new JsonObject
            {
                ["spec"] = new JsonObject
                {
                    ["template"] = new JsonObject
                    {
                        ["spec"] = new JsonObject
                        {
                            ["restartPolicy"] = "Never",
                            ["containers"] = new JsonArray(new JsonObject { ["name"] = "report", ["image"] = "registry.example.com/platform/report:2.0.0" }),
                        },
                    },
                },
            },
        };
        return job;
    }

    private static string Account(string name, string ns = Workloads.Platform) => $"ServiceAccount:{ns}/{name}";

    private static (ResourceKind Kind, JsonObject Value) Named(string kind, JsonObject value) => (ResourceKinds.Named(kind), value);

    private static JsonObject Plain(string apiVersion, string kind, string name, string ns = "")
    {
        var metadata = new JsonObject { ["name"] = name };
        if (ns.Length > 0)
        {
            metadata["namespace"] = ns;
        }

        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }

    private static JsonObject Data(string kind, string ns, string name, string field, params (string Key, string Value)[] entries)
    {
        var value = Plain("v1", kind, name, ns);
        value[field] = new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        return value;
    }
}
