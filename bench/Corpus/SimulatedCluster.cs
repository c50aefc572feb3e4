using System.Globalization;

namespace KubeLens.Bench.Corpus;

/// <summary>
/// The objects of a cluster of 250 nodes, 830 deployments and 7,000 pods, and its revision, which every write raises. Everything in it
/// follows from the random numbers that it is made with.
/// </summary>
internal sealed class SimulatedCluster
{
    public const int NodeCount = 250;
    public const int DeploymentCount = 830;
    public const int PodCount = 7_000;

    private const int LeaderCount = 46;
    private const int NamespaceCount = 60;

    private readonly Random _random;
    private readonly DateTime _start;

    public SimulatedCluster(Random random, DateTime start)
    {
        (_random, _start) = (random, start);
        Nodes = [.. Enumerable.Range(0, NodeCount).Select(i => New("Node", "v1", "nodes", "", $"worker-{i:000}.eu-1.internal", "kubelet"))];
        NodeLeases = [.. Nodes.Select(node => New("Lease", "coordination.k8s.io/v1", "leases", "kube-node-lease", node.Name, "kubelet", node, node.Name))];
        LeaderLeases = [.. Enumerable.Range(0, LeaderCount).Select(i => New("Lease", "coordination.k8s.io/v1", "leases", i < 6 ? "kube-system" : Namespace(i), Leaders[i % Leaders.Length] + (i < Leaders.Length ? "" : $"-{i:00}"), Leaders[i % Leaders.Length], null, $"{Leaders[i % Leaders.Length]}-{Hex(5)}_{RandomUid()}"))];
        Deployments = [.. Enumerable.Range(0, DeploymentCount).Select(i => New("Deployment", "apps/v1", "deployments", Namespace(i), $"{Words[i % Words.Length]}-{Roles[i / Words.Length % Roles.Length]}-{i:000}", "kube-controller-manager"))];
        ReplicaSets = [.. Deployments.Select(d => New("ReplicaSet", "apps/v1", "replicasets", d.Namespace, $"{d.Name}-{Hex(10)}", "kube-controller-manager", d))];
        Pods = [.. Enumerable.Range(0, PodCount).Select(i => Pod(ReplicaSets[i % DeploymentCount]))];
        Autoscalers = [.. Deployments.Take(300).Select(d => New("HorizontalPodAutoscaler", "autoscaling/v2", "horizontalpodautoscalers", d.Namespace, d.Name, "kube-controller-manager", d))];
        EndpointSlices = [.. Deployments.Select(d => New("EndpointSlice", "discovery.k8s.io/v1", "endpointslices", d.Namespace, $"{d.Name}-{Hex(5)}", "kube-controller-manager", d))];
        Secrets = [.. Deployments.Select(d => New("Secret", "v1", "secrets", d.Namespace, $"{d.Name}-credentials", "helm", d))];
        ConfigMaps = [.. Deployments.Select(d => New("ConfigMap", "v1", "configmaps", d.Namespace, $"{d.Name}-config", "helm", d))];
        PodsOf = Pods.GroupBy(pod => pod.Owner!.Owner!).ToDictionary(g => g.Key, g => g.ToList());
        PodsOn = Pods.GroupBy(pod => pod.Host).ToDictionary(g => g.Key, g => g.ToList());
    }

    private static readonly string[] Leaders = ["kube-scheduler", "kube-controller-manager", "cloud-controller-manager", "cluster-autoscaler", "cert-manager-controller", "ingress-controller-leader", "snapshot-controller-leader", "external-dns", "keda-operator", "metrics-adapter", "argo-rollouts-controller", "kyverno-background"];
    private static readonly string[] Words = ["checkout", "catalog", "cart", "payments", "search", "login", "profile", "orders", "shipping", "invoice", "media", "notify", "reviews", "pricing", "stock", "gateway", "reports", "audit", "jobs", "mail"];
    private static readonly string[] Roles = ["api", "web", "worker", "cron", "cache"];

    public IReadOnlyList<KubeObject> Nodes { get; }
    public IReadOnlyList<KubeObject> NodeLeases { get; }
    public IReadOnlyList<KubeObject> LeaderLeases { get; }
    public IReadOnlyList<KubeObject> Deployments { get; }
    public IReadOnlyList<KubeObject> ReplicaSets { get; }
    public IReadOnlyList<KubeObject> Pods { get; }
    public IReadOnlyList<KubeObject> Autoscalers { get; }
    public IReadOnlyList<KubeObject> EndpointSlices { get; }
    public IReadOnlyList<KubeObject> Secrets { get; }
    public IReadOnlyList<KubeObject> ConfigMaps { get; }
    public IReadOnlyDictionary<KubeObject, List<KubeObject>> PodsOf { get; }
    public IReadOnlyDictionary<string, List<KubeObject>> PodsOn { get; }

    /// <summary>Of the last write.</summary>
    public long Revision { get; private set; } = 481_203_117;

    /// <summary>A write: a new revision, and now and then some that did not pass here.</summary>
    public void Write(KubeObject written, DateTime time)
    {
        Revision += 1 + (_random.Next(4) == 0 ? _random.Next(3) : 0);
        written.ResourceVersion = Revision;
        written.Changed = time;
        written.Writes++;
    }

    public KubeObject Event(KubeObject about, DateTime time) => new()
    {
        Kind = "Event",
        ApiVersion = "v1",
        Resource = "events",
        Namespace = about.Namespace.Length > 0 ? about.Namespace : "default",
        Name = $"{about.Name}.{Hex(16)}",
        Uid = RandomUid(),
        Created = time,
        Manager = "kubelet",
        Seed = _random.Next(),
        Owner = about,
        Host = about.Host,
    };

    public string RandomUid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    public string Hex(int digits) => string.Create(digits, _random, (span, random) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = "0123456789abcdef"[random.Next(16)];
        }
    });

    private static string Namespace(int i) => string.Create(CultureInfo.InvariantCulture, $"team-{Words[i % NamespaceCount % Words.Length]}-{i % NamespaceCount / Words.Length}");

    private KubeObject Pod(KubeObject set) => New("Pod", "v1", "pods", set.Namespace, $"{set.Name}-{Hex(5)}", "kubelet", set, Nodes[_random.Next(NodeCount)].Name);

    private KubeObject New(string kind, string version, string resource, string ns, string name, string manager, KubeObject? owner = null, string host = "")
    {
        var created = _start.AddSeconds(-_random.Next(60, 90 * 86_400));
        return new KubeObject
        {
            Kind = kind,
            ApiVersion = version,
            Resource = resource,
            Namespace = ns,
            Name = name,
            Uid = RandomUid(),
            Created = created,
            Changed = created,
            Manager = manager,
            Seed = _random.Next(),
            Owner = owner,
            Host = host,
            ResourceVersion = Revision - _random.Next(1, 9_000_000),
            Writes = _random.Next(1, 40_000),
            Level = _random.Next(1, 12),
        };
    }
}
