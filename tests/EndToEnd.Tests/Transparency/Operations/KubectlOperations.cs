using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency.Operations;

/// <summary>What people do with kubectl, in an order in which each finds what it needs.</summary>
internal static class KubectlOperations
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static IReadOnlyList<Operation> All { get; } =
    [
        Run("version", "version -o json"),
        Run("cluster-info", "cluster-info"),
        Run("api-versions", "api-versions"),
        Run("api-resources", "api-resources"),
        Run("explain", "explain pod.spec.containers"),
        Run("can-i", "auth can-i create pods"),
        Run("can-i-list", "auth can-i --list"),
        Run("can-i-no-such", "auth can-i create nothings.example.org"),
        Run("get-raw", "get --raw /api/v1/namespaces/kube-public"),
        Run("get-raw-404", "get --raw /nothing/here"),
        Run("get-nodes", "get nodes"),
        Run("get-nodes-wide", "get nodes -o wide"),
        Run("create-configmap", "create configmap one --from-literal=key=value"),
        Run("create-again", "create configmap one --from-literal=key=value"),
        Run("get-table", "get configmaps"),
        Run("get-json", "get configmap one -o json"),
        Run("get-yaml", "get configmap one -o yaml --show-managed-fields"),
        Run("get-name", "get configmap one -o name"),
        Run("get-jsonpath", "get configmap one -o jsonpath={.data.key}"),
        Run("get-missing", "get configmap nothing"),
        Run("get-unknown-kind", "get nothings"),
        Run("get-selector", "get configmaps -l app=web,tier!=db"),
        Run("get-field-selector", "get configmaps --field-selector metadata.name=one"),
        Run("get-chunks", "get configmaps -n {shared} --chunk-size=7 -o name"),
        Run("get-many-kinds", "get configmaps,secrets,services,deployments -n {shared}"),
        Run("dry-run-client", "create deployment dry --image=x --dry-run=client -o yaml"),
        Run("dry-run-server", "create configmap dry --from-literal=a=b --dry-run=server -o yaml"),
        Run("apply", "apply -f -", Web("a")),
        Run("apply-unchanged", "apply -f -", Web("a")),
        Run("apply-changed", "apply -f -", Web("b")),
        Run("diff", "diff -f -", Web("c")),
        Run("server-side-apply", "apply --server-side --field-manager=first -f -", Applied("1")),
        Run("server-side-conflict", "apply --server-side --field-manager=second -f -", Applied("2")),
        Run("server-side-forced", "apply --server-side --force-conflicts --field-manager=second -f -", Applied("3")),
        Run("patch-merge", """patch configmap one --type=merge -p {"data":{"more":"x"}}"""),
        Run("patch-json", """patch configmap one --type=json -p [{"op":"replace","path":"/data/more","value":"y"}]"""),
        Run("patch-json-fails", """patch configmap one --type=json -p [{"op":"test","path":"/data/more","value":"z"}]"""),
        Run("patch-strategic", """patch deployment web -p {"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"name":"A","value":"B"}]}]}}}}"""),
        Run("replace", "replace -f -", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"replaced":"yes"}}"""),
        Run("replace-stale", "replace -f -", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","resourceVersion":"1"},"data":{}}"""),
        Run("label", "label configmap one app=web"),
        Run("label-refused", "label configmap one app=other"),
        Run("annotate", "annotate configmap one note=x"),
        Run("scale", "scale deployment web --replicas=2"),
        Run("scale-precondition", "scale deployment web --current-replicas=7 --replicas=3"),
        Run("rollout-history", "rollout history deployment web"),
        Run("describe-configmap", "describe configmap one"),
        Run("create-secret", "create secret generic hidden --from-literal=password=hunter2"),
        Run("get-secret", "get secret hidden -o yaml"),
        Run("create-token", "create token default"),
        Run("create-role", "create role reader --verb=get --resource=pods"),
        Run("as-alice", "get configmaps --as=alice"),
        Run("as-alice-group", "auth can-i get pods --as=alice --as-group=dev"),
        Run("not-yaml", "create -f -", "a: b: c"),
        Run("invalid-object", "create -f -", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"Not_A_Name"}}"""),
        Run("unknown-field", "create -f -", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"odd"},"nonsense":1}"""),
        Run("deprecated", "get ingresses.v1beta1.extensions"),
        Run("top", "top nodes"),
        Run("wait-timeout", "wait configmap/one --for=jsonpath={.data.never}=x --timeout=1s"),
        Run("delete-dry-run", "delete configmap one --dry-run=server"),
        new("watch", WatchAsync),
        Run("delete-orphan", "delete deployment web --cascade=orphan --wait=false"),
        Run("delete-selector", "delete configmaps -l app=web"),
        Run("delete-missing", "delete configmap nothing"),
        Run("delete-ignore", "delete configmap nothing --ignore-not-found"),
        Run("delete-raw", "delete --raw /api/v1/namespaces/{ns}/secrets/hidden"),
        Run("delete-foreground", "delete configmap applied --cascade=foreground --wait=false"),
        Run("wrong-port", "get --raw /api/v1/namespaces/{ns}/services/none:99/proxy/"),
    ];

    private static Operation Run(string name, string arguments, string input = "") => new(name, async side =>
        Observation.Of(await side.Kubectl.RunAsync(["--namespace", side.Namespace, .. Words(arguments, side)], Cancel, input)));

    // An event of each kind arrives while kubectl watches; it is told to stop by its own request timeout.
    private static async Task<Observation> WatchAsync(Side side)
    {
        await using var watch = side.Kubectl.Start("--namespace", side.Namespace, "get", "configmaps", "--watch", "--output-watch-events", "--field-selector", "metadata.name=seen", "--no-headers");
        await Task.Delay(500, Cancel); // the list and the watch's start; what comes earlier is in the list, and is printed alike
        foreach (var change in new[] { "create configmap seen --from-literal=a=1", "label configmap seen b=2", "delete configmap seen" })
        {
            (await side.Kubectl.RunAsync(["--namespace", side.Namespace, .. change.Split(' ')], Cancel)).Require();
        }

        await watch.WaitForLineAsync(line => line.Contains("DELETED", StringComparison.Ordinal), Cancel);
        watch.Signal(Signals.Interrupt);
        await watch.WaitForExitAsync(Cancel);
        return new Observation().With("stdout", watch.StandardOutput).With("stderr", watch.StandardError);
    }

    private static IEnumerable<string> Words(string arguments, Side side) =>
        arguments.Split(' ').Select(word => word.Replace("{shared}", side.Scene.Shared, StringComparison.Ordinal).Replace("{ns}", side.Namespace, StringComparison.Ordinal));

    private static string Applied(string value) => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"applied"},"data":{"key":"{{{value}}}"}}""";

    // Paused: no controller changes it while we look.
    private static string Web(string value) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, annotations: {value: {{{value}}} }}
        spec:
          paused: true
          replicas: 1
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: localhost/test/pause:1}]}
        """;
}
