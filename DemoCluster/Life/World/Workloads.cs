namespace KubeLens.DemoCluster.Life.World;

/// <summary>What runs in the cluster before the story begins.</summary>
internal static class Workloads
{
    public const string Shop = "shop";
    public const string Platform = "platform";
    public const string CheckoutConfig = "checkout-config";

    public static readonly Workload Checkout = new(Shop, "checkout", 3, "3.8.1", CheckoutConfig, "orders-db");
    public static readonly Workload PaymentsApi = new(Shop, "payments-api", 2, "5.1.0", Secret: "payments-db");
    public static readonly Workload Catalog = new(Shop, "catalog", 3, "2.14.0");
    public static readonly Workload Storefront = new(Shop, "storefront", 4, "1.42.0");
    public static readonly Workload Orders = new(Shop, "orders", 3, "4.0.3", Secret: "orders-db");

    public static readonly IReadOnlyList<Workload> All =
    [
        Storefront,
        Catalog,
        Checkout,
        PaymentsApi,
        Orders,
        new(Shop, "cart", 3, "1.9.2"),
        new(Shop, "search", 2, "0.7.5"),
        new(Platform, "inventory-sync", 1, "0.3.1"),
        new(Platform, "report-exporter", 1, "2.0.0"),
        new(Platform, "legacy-cron", 1, "1.0.0"),
        new(Platform, "deployer", 1, "2.13.2"),
        new(Platform, "image-builder", 2, "0.11.4"),
        new("monitoring", "prometheus", 1, "2.55.1"),
        new("monitoring", "grafana", 1, "11.4.0"),
        new("monitoring", "alert-router", 2, "0.27.0"),
        new("kube-system", "coredns", 2, "1.11.3"),
        new("kube-system", "metrics-server", 1, "0.7.2"),
        new("kube-system", "horizontal-pod-autoscaler", 1, "1.32.0"),
    ];

    public static string PathOf(Workload workload) => $"/apis/apps/v1/namespaces/{workload.Namespace}/deployments/{workload.Name}";
}
