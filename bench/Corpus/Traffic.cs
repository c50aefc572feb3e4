using KubeLens.Contracts.Calls;

namespace KubeLens.Bench.Corpus;

/// <summary>Who calls what in a simulated cluster: the mix, of a hundred calls, and what each of them says.</summary>
internal sealed class Traffic
{
    private readonly SimulatedCluster _cluster;
    private readonly Random _random;
    private readonly IReadOnlyList<Agent> _kubelets;
    private readonly Dictionary<string, Agent> _agents = [];
    private readonly Queue<KubeObject> _events = new();
    private int _nodeLease;
    private int _leaderLease;

    public Traffic(SimulatedCluster cluster, Random random)
    {
        (_cluster, _random) = (cluster, random);
        _kubelets = [.. cluster.Nodes.Select((node, i) => Agent.Kubelet(node.Name, i))];
        Kinds =
        [
            new("lease updates", 25, LeaseUpdate),
            new("lease gets", 14, time => Read(LeaderOf(_leaderLease), _cluster.LeaderLeases[_leaderLease])),
            new("controllers' lists", 3, List),
            new("autoscaler status", 5, time => Write(Controller("horizontal-pod-autoscaler"), "update", Pick(_cluster.Autoscalers), time, "status", scaled: true)),
            new("scale reads", 7, time => Scale(Pick(_cluster.Autoscalers).Owner!)),
            new("pod metrics", 3, Metrics),
            new("event creates", 5, EventCreate),
            new("event patches", 3, EventPatch),
            new("endpoint slice updates", 4, time => Write(Controller("endpointslice-controller"), "update", Pick(_cluster.EndpointSlices), time, "", scaled: true)),
            new("watches", 4, Watch),
            new("node status", 3, time => NodeStatus(_random.Next(SimulatedCluster.NodeCount), time)),
            new("node gets", 3, time => NodeGet(_random.Next(SimulatedCluster.NodeCount))),
            new("pod status", 4, PodStatus),
            new("pod gets", 4, time => Pick(_cluster.Pods) is var pod ? Read(KubeletOf(pod), pod) : null!),
            new("secret gets", 2, time => Pick(_cluster.Secrets) is var secret ? Read(Operator(secret), secret) with { IsSecret = true } : null!),
            new("config map gets", 2, time => Pick(_cluster.ConfigMaps) is var map ? Read(Operator(map), map) : null!),
            new("access reviews", 4, Review),
            new("deployment status", 2, time => Write(Controller("deployment-controller"), "update", Pick(_cluster.Deployments), time, "status")),
            new("kubectl", 3, Kubectl),
        ];
    }

    public IReadOnlyList<TrafficKind> Kinds { get; }

    private CallSketch LeaseUpdate(DateTime time)
    {
        // 25 a second of nodes, each every ten seconds, and the rest of leaders, as 25 % of 192 calls a second are.
        if (_random.Next(48) < 25)
        {
            _nodeLease = (_nodeLease + 1) % SimulatedCluster.NodeCount;
            return Write(_kubelets[_nodeLease], "update", _cluster.NodeLeases[_nodeLease], time) with { Query = "timeout=10s" };
        }

        _leaderLease = (_leaderLease + 1) % _cluster.LeaderLeases.Count;
        return Write(LeaderOf(_leaderLease), "update", _cluster.LeaderLeases[_leaderLease], time);
    }

    private CallSketch List(DateTime time)
    {
        var (source, agent, kind) = _random.Next(4) switch
        {
            0 => (_cluster.ReplicaSets, Controller("deployment-controller"), "ReplicaSet"),
            1 => (_cluster.Deployments, Controller("generic-garbage-collector"), "Deployment"),
            2 => (_cluster.ConfigMaps, Controller("namespace-controller"), "ConfigMap"),
            _ => (_cluster.Pods, Controller("replicaset-controller"), "Pod"),
        };
        var one = Pick(source);
        var items = kind == "Pod" ? _cluster.PodsOf[one.Owner!.Owner!] : [.. source.Where(o => o.Namespace == one.Namespace).Take(12)];
        return new CallSketch(agent, "list", one.Collection, one)
        {
            Query = "limit=500&resourceVersion=0",
            Response = ObjectJson.List(kind, one.ApiVersion, _cluster.Revision, items),
            Revision = _cluster.Revision,
            Listing = new CallListing { Part = CallListingPart.Whole, Items = items.Count },
            Options = new CallOptions { Limit = 500, ResourceVersion = "0" },
        };
    }

    private CallSketch Scale(KubeObject deployment) =>
        new(Controller("horizontal-pod-autoscaler"), "get", $"{deployment.Path}/scale", deployment) { Subresource = "scale", Response = ObjectJson.Scale(deployment), Revision = deployment.ResourceVersion };

    private CallSketch Metrics(DateTime time)
    {
        var deployment = Pick(_cluster.Autoscalers).Owner!;
        var pods = _cluster.PodsOf[deployment];
        var items = string.Join(',', pods.Select(pod => $$$$"""{"metadata":{"name":"{{{{pod.Name}}}}","namespace":"{{{{pod.Namespace}}}}","creationTimestamp":"{{{{KubeObject.Text(time)}}}}"},"timestamp":"{{{{KubeObject.Text(time.AddSeconds(-_random.Next(15)))}}}}","window":"15s","containers":[{"name":"main","usage":{"cpu":"{{{{_random.Next(1, 900_000_000)}}}}n","memory":"{{{{_random.Next(60_000, 250_000)}}}}Ki"}}]}"""));
        return new CallSketch(Controller("horizontal-pod-autoscaler"), "list", $"/apis/metrics.k8s.io/v1beta1/namespaces/{deployment.Namespace}/pods", null)
        {
            Query = $"labelSelector=app.kubernetes.io%2Fname%3D{deployment.Name}",
            Response = $$$$"""{"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[{{{{items}}}}]}""",
            Listing = new CallListing { Part = CallListingPart.Whole, Items = pods.Count },
        };
    }

    private CallSketch EventCreate(DateTime time)
    {
        var made = _cluster.Event(Pick(_cluster.Pods), time);
        _cluster.Write(made, time);
        _events.Enqueue(made);
        if (_events.Count > 5_000)
        {
            _events.Dequeue();
        }

        return new CallSketch(KubeletOf(made.Owner!), "create", made.Collection, made) { Request = ObjectJson.Of(made), Response = ObjectJson.Of(made), Status = 201, Revision = made.ResourceVersion };
    }

    private CallSketch EventPatch(DateTime time)
    {
        if (_events.Count == 0)
        {
            return EventCreate(time);
        }

        var again = _events.Dequeue();
        _cluster.Write(again, time);
        _events.Enqueue(again);
        return new CallSketch(KubeletOf(again.Owner!), "patch", again.Path, again) { Request = ObjectJson.EventPatch(again), Response = ObjectJson.Of(again), Revision = again.ResourceVersion, Options = new CallOptions { PatchType = "strategic" } };
    }

    // A watch of a few objects that ends after some minutes, as client-go's do. Its events are in its body.
    private CallSketch Watch(DateTime time)
    {
        var (source, agent) = _random.Next(3) switch
        {
            0 => (_cluster.ConfigMaps, KubeletOf(Pick(_cluster.Pods))),
            1 => (_cluster.Secrets, KubeletOf(Pick(_cluster.Pods))),
            _ => (_cluster.Pods, Controller("replicaset-controller")),
        };
        var one = Pick(source);
        var seconds = _random.Next(300, 600);
        var events = one.Kind == "Pod" ? _random.Next(0, 4) : 0;
        var body = string.Concat(Enumerable.Range(0, events).Select(_ => $$$$"""{"type":"MODIFIED","object":{{{{Changed(Pick(_cluster.PodsOf[one.Owner!.Owner!]), time)}}}}}""" + "\n"));
        var bookmarks = seconds / 60;
        body += string.Concat(Enumerable.Range(0, bookmarks).Select(i => $$$$"""{"type":"BOOKMARK","object":{"kind":"{{{{one.Kind}}}}","apiVersion":"{{{{one.ApiVersion}}}}","metadata":{"resourceVersion":"{{{{_cluster.Revision - 11_000 * (bookmarks - i)}}}}"}}}""" + "\n"));
        return new CallSketch(agent, "watch", one.Collection, one)
        {
            Query = $"allowWatchBookmarks=true&{(one.Kind == "Pod" ? "" : $"fieldSelector=metadata.name%3D{one.Name}&")}resourceVersion={_cluster.Revision - seconds * 190L}&timeoutSeconds={seconds}&watch=true",
            Response = body,
            WatchSeconds = seconds,
            WatchEvents = events,
            IsSecret = one.Kind == "Secret",
            Options = new CallOptions { ResourceVersion = $"{_cluster.Revision - seconds * 190L}" },
        };
    }

    private string Changed(KubeObject pod, DateTime time)
    {
        _cluster.Write(pod, time);
        return ObjectJson.Of(pod);
    }

    private CallSketch NodeStatus(int number, DateTime time)
    {
        var node = _cluster.Nodes[number];
        _cluster.Write(node, time);
        return new CallSketch(_kubelets[number], "patch", $"{node.Path}/status", node)
        {
            Query = "timeout=10s",
            Subresource = "status",
            Request = ObjectJson.NodePatch(node),
            Response = ObjectJson.Of(node),
            Revision = node.ResourceVersion,
            Options = new CallOptions { PatchType = "strategic" },
        };
    }

    private CallSketch NodeGet(int number) => Read(_kubelets[number], _cluster.Nodes[number]) with { Query = "resourceVersion=0&timeout=10s", Options = new CallOptions { ResourceVersion = "0" } };

    private CallSketch PodStatus(DateTime time)
    {
        var pod = Pick(_cluster.Pods);
        _cluster.Write(pod, time);
        return new CallSketch(KubeletOf(pod), "patch", $"{pod.Path}/status", pod)
        {
            Subresource = "status",
            Request = ObjectJson.PodPatch(pod),
            Response = ObjectJson.Of(pod),
            Revision = pod.ResourceVersion,
            Options = new CallOptions { PatchType = "strategic" },
        };
    }

    private CallSketch Review(DateTime time)
    {
        var pod = Pick(_cluster.Pods);
        var spec = $$$$"""{"resourceAttributes":{"namespace":"{{{{pod.Namespace}}}}","verb":"{{{{(_random.Next(2) == 0 ? "get" : "list")}}}}","version":"v1","resource":"pods","name":"{{{{pod.Name}}}}"},"user":"system:serviceaccount:{{{{pod.Namespace}}}}:{{{{pod.Owner!.Owner!.Name}}}}","groups":["system:serviceaccounts","system:authenticated"]}""";
        string Body(string status) => $$$$"""{"kind":"SubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{},"spec":{{{{spec}}}},"status":{{{{status}}}}}""";
        return new CallSketch(Operator(pod), "create", "/apis/authorization.k8s.io/v1/subjectaccessreviews", null)
        {
            Request = Body("""{"allowed":false}"""),
            Response = Body(_random.Next(5) == 0 ? """{"allowed":false}""" : $$$$"""{"allowed":true,"reason":"RBAC: allowed by RoleBinding \"{{{{pod.Owner.Owner.Name}}}}/{{{{pod.Namespace}}}}\" of Role \"reader\""}"""),
            Status = 201,
        };
    }

    // People: what there is, a look at one, an apply that only tries, and what goes wrong.
    private CallSketch Kubectl(DateTime time)
    {
        var number = _random.Next(40);
        var person = Named($"person-{number}", () => Agent.Person($"dev-{number}@company.example", number));
        var program = new CallProgram { Command = "kubectl get", Session = _cluster.RandomUid() };
        var pod = Pick(_cluster.Pods);
        switch (_random.Next(6))
        {
            case 0:
                var gone = $"{pod.Name[..^5]}zzzzz";
                return new CallSketch(person, "get", $"{pod.Collection}/{gone}", pod) { Response = Failure($"pods \\\"{gone}\\\" not found", "NotFound", 404), Status = 404, Reason = "NotFound", Program = program };
            case 1:
                var secret = Pick(_cluster.Secrets);
                return new CallSketch(person, "get", secret.Path, secret) { Response = Failure($"secrets \\\"{secret.Name}\\\" is forbidden: User \\\"{person.User}\\\" cannot get resource \\\"secrets\\\" in API group \\\"\\\" in the namespace \\\"{secret.Namespace}\\\"", "Forbidden", 403), Status = 403, Reason = "Forbidden", Program = program };
            case 2:
                var deployment = Pick(_cluster.Deployments);
                return new CallSketch(person, "patch", deployment.Path, deployment)
                {
                    Query = "dryRun=All&fieldManager=kubectl-client-side-apply",
                    Request = $"{{\"spec\":{{\"replicas\":{_random.Next(1, 20)}}}}}",
                    Response = ObjectJson.Of(deployment),
                    Revision = deployment.ResourceVersion,
                    Program = program with { Command = "kubectl apply" },
                    Options = new CallOptions { DryRun = true, FieldManager = "kubectl-client-side-apply", PatchType = "strategic" },
                };
            case 3:
                return new CallSketch(person, "get", "/version", null) { Query = "timeout=32s", Response = """{"major":"1","minor":"32","gitVersion":"v1.32.1","gitCommit":"e9c9be4","gitTreeState":"clean","buildDate":"2026-01-15T14:30:00Z","goVersion":"go1.23.4","compiler":"gc","platform":"linux/amd64"}""", Program = program };
            default:
                var pods = _cluster.PodsOf[pod.Owner!.Owner!];
                return new CallSketch(person, "list", pod.Collection, pod) { Query = "limit=500", Response = ObjectJson.List("Pod", "v1", _cluster.Revision, pods.Take(6)), Revision = _cluster.Revision, Program = program, Options = new CallOptions { Limit = 500 }, Listing = new CallListing { Part = CallListingPart.Whole, Items = Math.Min(6, pods.Count) } };
        }
    }

    private static string Failure(string message, string reason, int code) => $$$$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{{{{message}}}}","reason":"{{{{reason}}}}","code":{{{{code}}}}}""";

    private static CallSketch Read(Agent agent, KubeObject o) => new(agent, "get", o.Path, o) { Response = ObjectJson.Of(o), Revision = o.ResourceVersion };

    // What is sent is the version that was read, with what changes; what comes back is the next one.
    private CallSketch Write(Agent agent, string verb, KubeObject o, DateTime time, string subresource = "", bool scaled = false)
    {
        var before = o.ResourceVersion;
        if (scaled)
        {
            o.Level = Math.Clamp(o.Level + _random.Next(-1, 2), 1, 20);
        }

        o.Changed = time;
        var request = ObjectJson.Of(o);
        _cluster.Write(o, time);
        return new CallSketch(agent, verb, subresource.Length > 0 ? $"{o.Path}/{subresource}" : o.Path, o) { Subresource = subresource, Request = request, Response = ObjectJson.Of(o), Revision = o.ResourceVersion, Options = new CallOptions { ResourceVersion = "" } };
    }

    private Agent LeaderOf(int lease) => Named($"leader-{lease}", () => _cluster.LeaderLeases[lease] is var l ? Agent.ServiceAccount(l.Namespace, l.Manager, $"{l.Manager}/v1.32.1", l.Host[..l.Host.IndexOf('_', StringComparison.Ordinal)], Pick(_cluster.Nodes).Name, lease) : null!);

    private Agent Controller(string name) => Named(name, () => Agent.Controller(name, _agents.Count));

    private Agent Operator(KubeObject of) => Named($"operator-{of.Namespace}", () => Agent.ServiceAccount(of.Namespace, "operator", "operator/v0.0.0", $"operator-{_cluster.Hex(10)}-{_cluster.Hex(5)}", Pick(_cluster.Nodes).Name, _agents.Count));

    private Agent KubeletOf(KubeObject pod) => Named(pod.Host, () => _kubelets.First(k => k.Node == pod.Host));

    private Agent Named(string name, Func<Agent> make)
    {
        if (!_agents.TryGetValue(name, out var agent))
        {
            _agents[name] = agent = make();
        }

        return agent;
    }

    private KubeObject Pick(IReadOnlyList<KubeObject> from) => from[_random.Next(from.Count)];
}
