using System.Globalization;
using System.Text;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Redact.Rules;
using Microsoft.Extensions.Configuration;

namespace KubeLens.Bench.Capture;

/// <summary>What is measured: the sizes and shapes of most calls of a cluster.</summary>
internal static class CaptureCases
{
    private const string Pods = "/api/v1/namespaces/shop/pods";

    public static IReadOnlyList<CaptureCase> All { get; } =
    [
        new("metadata only", $"{Pods}/checkout-0", "application/json", []),
        new("JSON, 2 KB", $"{Pods}/checkout-0", "application/json", Encoding.UTF8.GetBytes(Pod(0))),
        new("JSON list, 40 KB", $"{Pods}?limit=500", "application/json", List(20)),
        new("JSON list, 1 MB (cut at the cap)", $"{Pods}?limit=500", "application/json", List(530)),
        new("protobuf list", $"{Pods}?limit=500", "application/vnd.kubernetes.protobuf", File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Gateway.Tests", "Redact", "Golden", "podlist.bin"))),
        new("JSON, 2 KB, three redaction rules", $"{Pods}/checkout-0", "application/json", Encoding.UTF8.GetBytes(Pod(0)), Rules: Rules()),
        new("watch, each event", $"{Pods}?watch=1", "application/json", Watch(50), 50),
        new WatchCountCase("watch, each event counted", "application/json", Watch(50), 50),
    ];

    private static CallRules Rules()
    {
        string[] paths = ["$.spec.containers[*].args", "$..image", "$.metadata.annotations['shop.example/owner']"];
        var settings = new ConfigurationBuilder().AddInMemoryCollection(paths.Select((path, i) => KeyValuePair.Create($"{RedactRuleReader.Section}:{i}:JsonPaths:0", (string?)path))).Build();
        return RedactRuleReader.Read(settings).For("bench", RequestInfoParser.Parse("GET", Pods)) ?? throw new BenchException("No redaction rule matches, so there is nothing to measure.");
    }

    private static byte[] List(int pods) => Encoding.UTF8.GetBytes($$"""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1844"},"items":[{{string.Join(',', Enumerable.Range(0, pods).Select(Pod))}}]}""");

    private static byte[] Watch(int events) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, events).Select(i => $$"""{"type":"MODIFIED","object":{{Pod(i)}}}""" + "\n")));

    // About 1.9 KB.
    private static string Pod(int number) => """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"checkout-N","generateName":"checkout-","namespace":"shop","uid":"6f1c1f5a-6e0b-4a52-8d0c-7a1de3f2b901","resourceVersion":"18446","generation":1,"creationTimestamp":"2026-01-15T09:30:00Z","labels":{"app.kubernetes.io/name":"checkout","app.kubernetes.io/part-of":"shop","pod-template-hash":"5d8f7c6b9"},"annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"8080","kubernetes.io/config.source":"api","shop.example/owner":"team-checkout","shop.example/revision":"1.42.0-20260115093000"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"checkout-5d8f7c6b9","uid":"0b7f2f0e-1d4b-4c55-9a3e-cc1f3f7a2b10","controller":true,"blockOwnerDeletion":true}]},"spec":{"containers":[{"name":"main","image":"registry.example/shop/checkout:1.42.0","args":["--listen=:8080","--log-level=info"],"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[{"name":"DB_HOST","value":"db.shop.svc"},{"name":"DB_PASSWORD","value":"not-a-real-one"},{"name":"REGION","value":"eu-1"}],"resources":{"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"readinessProbe":{"httpGet":{"path":"/ready","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},"terminationMessagePath":"/dev/termination-log","imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"checkout","nodeName":"worker-3","schedulerName":"default-scheduler"},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastProbeTime":null,"lastTransitionTime":"2026-01-15T09:30:09Z"}],"hostIP":"10.0.0.3","podIP":"10.1.2.3","startTime":"2026-01-15T09:30:00Z","containerStatuses":[{"name":"main","ready":true,"restartCount":0,"image":"registry.example/shop/checkout:1.42.0","started":true}]}}
        """.Replace("-N", string.Create(CultureInfo.InvariantCulture, $"-{number}"), StringComparison.Ordinal);
}
