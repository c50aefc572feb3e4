namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>What the commands apply. No pod of theirs is ever scheduled, so that a real cluster's do not move on.</summary>
internal static class Manifests
{
    public const string Settings = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: applied, labels: {tier: front}}
        data:
          a: "1"
        """;

    public const string ChangedSettings = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: applied, labels: {tier: back}}
        data:
          a: "2"
          b: "3"
        """;

    public const string App = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app}
        spec:
          replicas: 0
          selector: {matchLabels: {app: app}}
          template:
            metadata: {labels: {app: app}}
            spec:
              containers:
              - {name: main, image: "registry.example/app:1", ports: [{containerPort: 8080}]}
        """;

    public const string ChangedApp = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app}
        spec:
          replicas: 0
          selector: {matchLabels: {app: app}}
          template:
            metadata: {labels: {app: app}}
            spec:
              containers:
              - {name: main, image: "registry.example/app:2"}
              - {name: side, image: "registry.example/side:1"}
        """;

    public const string Misfit = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: misfit}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: b}}
            spec: {containers: [{name: main, image: i}]}
        """;

    public const string Others = """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: rest}
        spec:
          replicas: 0
          selector: {matchLabels: {app: rest}}
          template:
            metadata: {labels: {app: rest}}
            spec: {containers: [{name: main, image: "registry.example/rest:1"}]}
        ---
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: held}
        spec: {holderIdentity: me, leaseDurationSeconds: 15}
        ---
        apiVersion: v1
        kind: Event
        metadata: {name: seen.1}
        involvedObject: {kind: Pod, name: single, namespace: "{ns}"}
        reason: Seen
        message: it was seen
        type: Normal
        lastTimestamp: "2026-01-01T00:00:00Z"
        """;
}
