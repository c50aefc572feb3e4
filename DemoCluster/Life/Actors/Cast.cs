using KubeLens.DemoCluster.Access.Tokens;

namespace KubeLens.DemoCluster.Life.Actors;

/// <summary>Everybody in the play.</summary>
internal sealed class Cast(DemoTokens tokens, ApiRoute route)
{
    private const string Kubectl = "kubectl/v1.32.0 (linux/amd64) kubernetes/70d3cc9";
    private const string Kubernetes = "v1.32.0 (linux/amd64) kubernetes/70d3cc9";

    public ApiRoute Route => route;

    public Actor Admin { get; } = new("admin", tokens.Issue("admin"), Kubectl, route);

    public Actor Alice { get; } = Person("alice@example.com", "kubectl/v1.32.0 (darwin/arm64) kubernetes/70d3cc9", tokens, route);

    public Actor Bob { get; } = Person("bob@example.com", Kubectl, tokens, route);

    public Actor Carol { get; } = Person("carol@example.com", Kubectl, tokens, route);

    public Actor Dave { get; } = Person("dave@example.com", "kubectl/v1.31.4 (windows/amd64) kubernetes/a78aa47", tokens, route);

    public Actor Mallory { get; } = Person("mallory@example.com", "kubectl/v1.30.9 (linux/amd64) kubernetes/d8e1a6a", tokens, route);

    public Actor DeploymentController { get; } = Person("system:kube-controller-manager", $"kube-controller-manager/{Kubernetes}/system:serviceaccount:kube-system:deployment-controller", tokens, route);

    public Actor ReplicaSetController { get; } = Person("system:kube-controller-manager", $"kube-controller-manager/{Kubernetes}/system:serviceaccount:kube-system:replicaset-controller", tokens, route);

    public Actor ControllerManager { get; } = Person("system:kube-controller-manager", $"kube-controller-manager/{Kubernetes}/leader-election", tokens, route);

    public Actor Scheduler { get; } = Person("system:kube-scheduler", $"kube-scheduler/{Kubernetes}/scheduler", tokens, route);

    public IReadOnlyDictionary<string, Actor> Kubelets { get; } =
        new[] { "node-1", "node-2", "node-3" }.ToDictionary(node => node, node => Person($"system:node:{node}", $"kubelet/{Kubernetes}", tokens, route));

    public Actor Autoscaler { get; } = Account("kube-system", "horizontal-pod-autoscaler", $"kube-controller-manager/{Kubernetes}/system:serviceaccount:kube-system:horizontal-pod-autoscaler", tokens, route);

    /// <summary>Lists all pods of the cluster, whole, again and again.</summary>
    public Actor InventorySync { get; } = Account("platform", "inventory-sync", "inventory-sync/0.3.1 (linux/amd64) client-go/v0.24.2", tokens, route);

    public Actor ReportExporter { get; } = Account("platform", "report-exporter", "report-exporter/2.0 python-kubernetes/29.0.0", tokens, route);

    public Actor LegacyCron { get; } = Account("platform", "legacy-cron", "legacy-cron/1.0 (linux/amd64) client-go/v0.19.4", tokens, route);

    /// <summary>The delivery pipeline.</summary>
    public Actor Deployer { get; } = Account("platform", "deployer", "argocd-application-controller/v2.13.2", tokens, route);

    /// <summary>Whoever holds the token of the payments-api's pods.</summary>
    public Actor StolenToken { get; } = Account("shop", "payments-api", "curl/8.5.0", tokens, route);

    private static Actor Person(string name, string userAgent, DemoTokens tokens, ApiRoute route) => new(name, tokens.Issue(name), userAgent, route);

    private static Actor Account(string ns, string name, string userAgent, DemoTokens tokens, ApiRoute route) => Person($"system:serviceaccount:{ns}:{name}", userAgent, tokens, route);
}
