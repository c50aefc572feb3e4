using System.Globalization;

namespace KubeLens.Bench.Corpus;

/// <summary>
/// Objects as an apiserver writes them, server-side bookkeeping included: what does not change between two versions of one object is the
/// same text, and what changes (resource version, times, status, figures) changes as it does in a cluster.
/// </summary>
internal static class ObjectJson
{
    public static string Of(KubeObject o) => $$$$"""{"kind":"{{{{o.Kind}}}}","apiVersion":"{{{{o.ApiVersion}}}}",{{{{Meta(o)}}}},"{{{{Rest(o)}}}}}""";

    /// <summary>A list of them, at the cluster's revision.</summary>
    public static string List(string kind, string apiVersion, long revision, IEnumerable<KubeObject> items) =>
        $$$$"""{"kind":"{{{{kind}}}}List","apiVersion":"{{{{apiVersion}}}}","metadata":{"resourceVersion":"{{{{revision}}}}"},"items":[{{{{string.Join(',', items.Select(Item))}}}}]}""";

    public static string Scale(KubeObject o) => $$$$"""{"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"{{{{o.Name}}}}","namespace":"{{{{o.Namespace}}}}","uid":"{{{{o.Uid}}}}","resourceVersion":"{{{{o.ResourceVersion}}}}","creationTimestamp":"{{{{KubeObject.Text(o.Created)}}}}"},"spec":{"replicas":{{{{o.Level}}}}},"status":{"replicas":{{{{o.Level}}}},"selector":"app.kubernetes.io/name={{{{o.Name}}}}"}}""";

    /// <summary>What the kubelet patches of a node every so often.</summary>
    public static string NodePatch(KubeObject o) => $$$$"""{"status":{"$setElementOrder/conditions":[{"type":"MemoryPressure"},{"type":"DiskPressure"},{"type":"PIDPressure"},{"type":"Ready"}],"conditions":[{{{{Conditions(o)}}}}]}}""";

    public static string PodPatch(KubeObject o) => $$$$"""{"metadata":{"uid":"{{{{o.Uid}}}}"},"status":{{{{PodStatus(o)}}}}}""";

    public static string EventPatch(KubeObject o) => $$$$"""{"count":{{{{o.Writes}}}},"lastTimestamp":"{{{{KubeObject.Text(o.Changed)}}}}"}""";

    private static string Item(KubeObject o) => $"{{{Meta(o)},\"{Rest(o)}}}";

    private static string Meta(KubeObject o)
    {
        var owner = o is { Owner: { } by, Kind: not "Event" } ? $$$$""","ownerReferences":[{"apiVersion":"{{{{by.ApiVersion}}}}","kind":"{{{{by.Kind}}}}","name":"{{{{by.Name}}}}","uid":"{{{{by.Uid}}}}","controller":true,"blockOwnerDeletion":true}]""" : "";
        var ns = o.Namespace.Length > 0 ? $"\"namespace\":\"{o.Namespace}\"," : "";
        var generation = o.Kind is "Deployment" or "ReplicaSet" ? $"\"generation\":{o.Generation}," : "";
        return $$$$"""
            "metadata":{"name":"{{{{o.Name}}}}",{{{{ns}}}}"uid":"{{{{o.Uid}}}}","resourceVersion":"{{{{o.ResourceVersion}}}}",{{{{generation}}}}"creationTimestamp":"{{{{KubeObject.Text(o.Created)}}}}"{{{{Labels(o)}}}}{{{{owner}}}},"managedFields":[{"manager":"{{{{o.Manager}}}}","operation":"Update","apiVersion":"{{{{o.ApiVersion}}}}","time":"{{{{KubeObject.Text(o.Changed)}}}}","fieldsType":"FieldsV1","fieldsV1":{{{{Fields(o)}}}}}]}
            """;
    }

    private static string Labels(KubeObject o) => o.Kind switch
    {
        "Pod" => $$$$""","labels":{"app.kubernetes.io/name":"{{{{o.Owner!.Owner!.Name}}}}","app.kubernetes.io/part-of":"{{{{o.Namespace}}}}","pod-template-hash":"{{{{o.Owner.Name[^10..]}}}}"},"annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"8080"}""",
        "Deployment" or "ReplicaSet" or "EndpointSlice" or "ConfigMap" or "Secret" => $$$$""","labels":{"app.kubernetes.io/name":"{{{{(o.Owner ?? o).Name}}}}","app.kubernetes.io/part-of":"{{{{o.Namespace}}}}","app.kubernetes.io/managed-by":"Helm"}""",
        "Node" => $$$$""","labels":{"beta.kubernetes.io/arch":"amd64","beta.kubernetes.io/os":"linux","kubernetes.io/arch":"amd64","kubernetes.io/hostname":"{{{{o.Name}}}}","kubernetes.io/os":"linux","node.kubernetes.io/instance-type":"m6i.4xlarge","topology.kubernetes.io/region":"eu-1","topology.kubernetes.io/zone":"eu-1{{{{"abc"[o.Seed % 3]}}}}"},"annotations":{"node.alpha.kubernetes.io/ttl":"0","volumes.kubernetes.io/controller-managed-attach-detach":"true"}""",
        _ => "",
    };

    private static string Fields(KubeObject o) => o.Kind switch
    {
        "Lease" => """{"f:spec":{"f:acquireTime":{},"f:holderIdentity":{},"f:leaseDurationSeconds":{},"f:leaseTransitions":{},"f:renewTime":{}}}""",
        "Pod" => """{"f:status":{"f:conditions":{"k:{\"type\":\"ContainersReady\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\"type\":\"Ready\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},"f:hostIP":{},"f:phase":{},"f:podIP":{},"f:startTime":{}}}""",
        "Node" => """{"f:status":{"f:conditions":{"k:{\"type\":\"DiskPressure\"}":{"f:lastHeartbeatTime":{}},"k:{\"type\":\"MemoryPressure\"}":{"f:lastHeartbeatTime":{}},"k:{\"type\":\"PIDPressure\"}":{"f:lastHeartbeatTime":{}},"k:{\"type\":\"Ready\"}":{"f:lastHeartbeatTime":{}}},"f:images":{}}}""",
        "Event" => """{"f:count":{},"f:firstTimestamp":{},"f:involvedObject":{},"f:lastTimestamp":{},"f:message":{},"f:reason":{},"f:source":{"f:component":{},"f:host":{}},"f:type":{}}""",
        _ => """{"f:metadata":{"f:labels":{".":{},"f:app.kubernetes.io/name":{},"f:app.kubernetes.io/part-of":{}}},"f:spec":{},"f:status":{"f:conditions":{},"f:observedGeneration":{}}}""",
    };

    private static string Rest(KubeObject o) => o.Kind switch
    {
        "Lease" => $$$$""""spec":{"holderIdentity":"{{{{o.Host}}}}","leaseDurationSeconds":{{{{(o.Namespace == "kube-node-lease" ? 40 : 15)}}}},"acquireTime":"{{{{KubeObject.MicroText(o.Created)}}}}","renewTime":"{{{{KubeObject.MicroText(o.Changed)}}}}","leaseTransitions":{{{{o.Seed % 40}}}}}"""",
        "Pod" => $$$$""""spec":{{{{PodSpec(o)}}}},"status":{{{{PodStatus(o)}}}}"""",
        "Node" => $$$$""""spec":{"podCIDR":"10.{{{{o.Seed % 200}}}}.{{{{o.Seed / 256 % 256}}}}.0/24","providerID":"cloud:///eu-1/i-{{{{o.Uid[..8]}}}}"},"status":{"capacity":{"cpu":"16","ephemeral-storage":"209702892Ki","hugepages-2Mi":"0","memory":"64970376Ki","pods":"110"},"allocatable":{"cpu":"15890m","ephemeral-storage":"192188443124","hugepages-2Mi":"0","memory":"63847048Ki","pods":"110"},"conditions":[{{{{Conditions(o)}}}}],"addresses":[{"type":"InternalIP","address":"{{{{Address(o)}}}}"},{"type":"Hostname","address":"{{{{o.Name}}}}"}],"daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},"nodeInfo":{"machineID":"{{{{o.Uid.Replace("-", "", StringComparison.Ordinal)}}}}","systemUUID":"{{{{o.Uid}}}}","bootID":"{{{{o.Uid}}}}","kernelVersion":"6.1.0-28-amd64","osImage":"Debian GNU/Linux 12 (bookworm)","containerRuntimeVersion":"containerd://1.7.24","kubeletVersion":"v1.32.1","kubeProxyVersion":"v1.32.1","operatingSystem":"linux","architecture":"amd64"},"images":[{{{{string.Join(',', Enumerable.Range(0, 12).Select(i => Image(o.Seed + i)))}}}}]}"""",
        "Event" => $$$$""""involvedObject":{"kind":"{{{{o.Owner!.Kind}}}}","namespace":"{{{{o.Owner.Namespace}}}}","name":"{{{{o.Owner.Name}}}}","uid":"{{{{o.Owner.Uid}}}}","apiVersion":"{{{{o.Owner.ApiVersion}}}}","resourceVersion":"{{{{o.Owner.ResourceVersion}}}}"},"reason":"{{{{EventText(o).Reason}}}}","message":"{{{{EventText(o).Message}}}}","source":{"component":"kubelet","host":"{{{{o.Host}}}}"},"firstTimestamp":"{{{{KubeObject.Text(o.Created)}}}}","lastTimestamp":"{{{{KubeObject.Text(o.Changed)}}}}","count":{{{{o.Writes}}}},"type":"{{{{(o.Seed % 3 == 0 ? "Warning" : "Normal")}}}}","reportingComponent":"kubelet","reportingInstance":"{{{{o.Host}}}}","eventTime":null"""",
        "EndpointSlice" => $$$$""""addressType":"IPv4","endpoints":[{{{{string.Join(',', Enumerable.Range(0, o.Level).Select(i => Endpoint(o, i)))}}}}],"ports":[{"name":"http","port":8080,"protocol":"TCP"}]"""",
        "HorizontalPodAutoscaler" => $$$$""""spec":{"scaleTargetRef":{"kind":"Deployment","name":"{{{{o.Name}}}}","apiVersion":"apps/v1"},"minReplicas":2,"maxReplicas":{{{{4 + o.Seed % 30}}}},"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}]},"status":{"lastScaleTime":"{{{{KubeObject.Text(o.Created)}}}}","currentReplicas":{{{{o.Level}}}},"desiredReplicas":{{{{o.Level}}}},"currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":{{{{Usage(o, 1, 90)}}}},"averageValue":"{{{{Usage(o, 2, 900)}}}}m"}}}],"conditions":[{"type":"AbleToScale","status":"True","lastTransitionTime":"{{{{KubeObject.Text(o.Created)}}}}","reason":"ReadyForNewScale","message":"recommended size matches current size"},{"type":"ScalingActive","status":"True","lastTransitionTime":"{{{{KubeObject.Text(o.Created)}}}}","reason":"ValidMetricFound","message":"the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)"},{"type":"ScalingLimited","status":"False","lastTransitionTime":"{{{{KubeObject.Text(o.Created)}}}}","reason":"DesiredWithinRange","message":"the desired count is within the acceptable range"}]}"""",
        "Deployment" or "ReplicaSet" => $$$$""""spec":{"replicas":{{{{o.Level}}}},"selector":{"matchLabels":{"app.kubernetes.io/name":"{{{{(o.Owner ?? o).Name}}}}"}},"template":{"metadata":{"labels":{"app.kubernetes.io/name":"{{{{(o.Owner ?? o).Name}}}}"}},"spec":{"containers":[{{{{Container((o.Owner ?? o).Name, (o.Owner ?? o).Seed)}}}}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler"}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}},"revisionHistoryLimit":10},"status":{"observedGeneration":{{{{o.Generation}}}},"replicas":{{{{o.Level}}}},"updatedReplicas":{{{{o.Level}}}},"readyReplicas":{{{{o.Level - (o.Writes % 7 == 0 ? 1 : 0)}}}},"availableReplicas":{{{{o.Level - (o.Writes % 7 == 0 ? 1 : 0)}}}},"conditions":[{"type":"Available","status":"True","lastUpdateTime":"{{{{KubeObject.Text(o.Changed)}}}}","lastTransitionTime":"{{{{KubeObject.Text(o.Created)}}}}","reason":"MinimumReplicasAvailable","message":"Deployment has minimum availability."}]}"""",
        "Secret" => $$$$""""type":"Opaque","data":{"username":"<redacted:sha-{{{{o.Uid[..8]}}}}0a1b>","password":"<redacted:sha-{{{{o.Uid[^12..]}}}}>","tls.crt":"<redacted:sha-{{{{o.Uid[24..32]}}}}77c1>"}"""",
        "ConfigMap" => $$$$""""data":{"config.yaml":"listen: :8080\nlogLevel: info\nupstream: http://{{{{o.Owner!.Name}}}}.{{{{o.Namespace}}}}.svc:8080\npoolSize: {{{{o.Seed % 64}}}}\nfeatures:\n  - cache\n  - tracing\n"}"""",
        _ => throw new ArgumentOutOfRangeException(nameof(o), o.Kind, "Nobody writes this kind."),
    };

    private static string Container(string name, int seed) => $$$$"""{"name":"main","image":"registry.internal/shop/{{{{name}}}}:1.{{{{seed % 90}}}}.{{{{seed % 7}}}}","args":["--listen=:8080","--log-level=info"],"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[{"name":"DB_HOST","value":"db-{{{{seed % 12}}}}.data.svc"},{"name":"REGION","value":"eu-1"},{"name":"POD_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}],"resources":{"limits":{"cpu":"{{{{100 * (1 + seed % 20)}}}}m","memory":"{{{{128 * (1 + seed % 16)}}}}Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"readinessProbe":{"httpGet":{"path":"/ready","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}""";

    private static string PodSpec(KubeObject o) => $$$$"""{"volumes":[{"name":"kube-api-access-{{{{o.Name[^5..]}}}}","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}],"defaultMode":420}}],"containers":[{{{{Container(o.Owner!.Owner!.Name, o.Owner.Owner.Seed)}}}}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"{{{{o.Owner.Owner.Name}}}}","nodeName":"{{{{o.Host}}}}","securityContext":{},"schedulerName":"default-scheduler","tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],"priority":0,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"}""";

    private static string PodStatus(KubeObject o) => $$$$"""{"phase":"Running","conditions":[{"type":"Initialized","status":"True","lastProbeTime":null,"lastTransitionTime":"{{{{KubeObject.Text(o.Created)}}}}"},{"type":"Ready","status":"{{{{(o.Writes % 5 == 0 ? "False" : "True")}}}}","lastProbeTime":null,"lastTransitionTime":"{{{{KubeObject.Text(o.Changed)}}}}"},{"type":"ContainersReady","status":"{{{{(o.Writes % 5 == 0 ? "False" : "True")}}}}","lastProbeTime":null,"lastTransitionTime":"{{{{KubeObject.Text(o.Changed)}}}}"},{"type":"PodScheduled","status":"True","lastProbeTime":null,"lastTransitionTime":"{{{{KubeObject.Text(o.Created)}}}}"}],"hostIP":"10.0.{{{{o.Host.GetStableHash() % 256}}}}.{{{{o.Host.GetStableHash() / 256 % 256}}}}","podIP":"{{{{Address(o)}}}}","podIPs":[{"ip":"{{{{Address(o)}}}}"}],"startTime":"{{{{KubeObject.Text(o.Created)}}}}","containerStatuses":[{"name":"main","state":{"running":{"startedAt":"{{{{KubeObject.Text(o.Changed)}}}}"}},"lastState":{},"ready":{{{{(o.Writes % 5 == 0 ? "false" : "true")}}}},"restartCount":{{{{o.Level}}}},"image":"registry.internal/shop/{{{{o.Owner!.Owner!.Name}}}}:1.{{{{o.Owner.Owner.Seed % 90}}}}.{{{{o.Owner.Owner.Seed % 7}}}}","imageID":"registry.internal/shop/{{{{o.Owner.Owner.Name}}}}@sha256:{{{{o.Owner.Owner.Uid.Replace("-", "", StringComparison.Ordinal)}}}}","containerID":"containerd://{{{{o.Uid.Replace("-", "", StringComparison.Ordinal)}}}}","started":true}],"qosClass":"Burstable"}""";

    private static string Conditions(KubeObject o) => string.Join(',',
        Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", o),
        Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", o),
        Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", o),
        Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", o));

    private static string Condition(string type, string status, string reason, string message, KubeObject o) =>
        $$$$"""{"type":"{{{{type}}}}","status":"{{{{status}}}}","lastHeartbeatTime":"{{{{KubeObject.Text(o.Changed)}}}}","lastTransitionTime":"{{{{KubeObject.Text(o.Created)}}}}","reason":"{{{{reason}}}}","message":"{{{{message}}}}"}""";

    private static (string Reason, string Message) EventText(KubeObject o) => (o.Seed % 6) switch
    {
        0 => ("BackOff", $"Back-off restarting failed container main in pod {o.Owner!.Name}_{o.Owner.Namespace}({o.Owner.Uid})"),
        1 => ("Unhealthy", $"Readiness probe failed: Get http://{Address(o.Owner!)}:8080/ready: context deadline exceeded (Client.Timeout exceeded while awaiting headers)"),
        2 => ("Pulled", "Container image already present on machine"),
        3 => ("Created", "Created container: main"),
        4 => ("Started", "Started container main"),
        _ => ("Scheduled", $"Successfully assigned {o.Owner!.Namespace}/{o.Owner.Name} to {o.Owner.Host}"),
    };

    private static string Endpoint(KubeObject o, int i) => $$$$"""{"addresses":["10.{{{{(o.Seed + i) % 200}}}}.{{{{(o.Seed / 7 + i) % 256}}}}.{{{{(o.Seed / 11 + 3 * i) % 256}}}}"],"conditions":{"ready":{{{{((o.Writes + i) % 9 == 0 ? "false" : "true")}}}},"serving":true,"terminating":false},"nodeName":"worker-{{{{(o.Seed + 7 * i) % SimulatedCluster.NodeCount:000}}}}.eu-1.internal","targetRef":{"kind":"Pod","namespace":"{{{{o.Namespace}}}}","name":"{{{{o.Owner!.Name}}}}-{{{{o.Uid[..5]}}}}{{{{i}}}}"},"zone":"eu-1{{{{"abc"[(o.Seed + i) % 3]}}}}"}""";

    private static string Image(int seed) => $$$$"""{"names":["registry.internal/shop/image-{{{{seed % 400}}}}@sha256:{{{{(uint)seed * 2654435761u:x8}}}}{{{{(uint)seed * 40503u:x8}}}}","registry.internal/shop/image-{{{{seed % 400}}}}:1.{{{{seed % 90}}}}"],"sizeBytes":{{{{20_000_000 + seed % 90_000_000}}}}}""";

    private static string Address(KubeObject o) => string.Create(CultureInfo.InvariantCulture, $"10.{o.Seed % 200}.{o.Seed / 256 % 256}.{o.Seed / 65_536 % 256}");

    private static int Usage(KubeObject o, int of, int most) => (int)((uint)(o.Seed + of) * 2654435761u + (uint)o.Writes * 40503u) % most is var usage && usage < 0 ? usage + most : usage;

    /// <summary>The same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static int GetStableHash(this string text)
    {
        var hash = 17;
        foreach (var c in text)
        {
            hash = (hash * 31 + c) & 0xffffff;
        }

        return hash;
    }
}
