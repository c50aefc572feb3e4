namespace KubeLens.DemoCluster.Tests.Access.Support;

internal static class Samples
{
    /// <summary>A pod with the containers app and sidecar; app has failed once.</summary>
    public const string Pod = """
        {
          "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "web", "namespace": "shop" },
          "spec": { "nodeName": "node-1", "serviceAccountName": "default", "containers": [
            { "name": "app", "image": "shop:1", "env": [{ "name": "MODE", "value": "demo" }, { "name": "DB_PASSWORD", "valueFrom": { "secretKeyRef": { "name": "db", "key": "password" } } }] },
            { "name": "sidecar", "image": "proxy:2" } ] },
          "status": { "phase": "Running", "containerStatuses": [
            { "name": "app", "restartCount": 1,
              "state": { "running": { "startedAt": "2026-11-24T03:10:00Z" } },
              "lastState": { "terminated": { "exitCode": 1, "startedAt": "2026-11-24T03:00:00Z", "finishedAt": "2026-11-24T03:00:05Z" } } },
            { "name": "sidecar", "restartCount": 0, "state": { "running": { "startedAt": "2026-11-24T03:00:00Z" } } } ] }
        }
        """;

    /// <summary>A pod with one container, called main.</summary>
    public const string SinglePod = """
        {
          "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "single", "namespace": "shop" },
          "spec": { "nodeName": "node-1", "serviceAccountName": "robot", "containers": [{ "name": "main", "image": "shop:1" }] },
          "status": { "phase": "Running" }
        }
        """;

    public const string Robot = """{ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": { "name": "robot", "namespace": "shop" } }""";
}
