namespace KubeLens.Bench.Corpus;

/// <summary>A program that calls, with the connection that it keeps.</summary>
internal sealed record Agent(string User, IReadOnlyList<string> Groups, string UserAgent, string Address, int Port, string Subject)
{
    /// <summary>By its certificate where it has one, else by its token.</summary>
    public string UserSource => Subject.Length > 0 ? "certificate" : "token-review";

    public string Pod { get; init; } = "";
    public string Node { get; init; } = "";

    /// <summary>Counts its requests.</summary>
    public long Requests { get; set; }

    public static Agent Kubelet(string node, int number) => new($"system:node:{node}", ["system:nodes", "system:authenticated"], "kubelet/v1.32.1 (linux/amd64) kubernetes/e9c9be4", $"10.0.{number / 250}.{number % 250 + 2}", 40_000 + number, $"CN=system:node:{node}, O=system:nodes") { Node = node };

    public static Agent Controller(string name, int number) => new($"system:serviceaccount:kube-system:{name}", ["system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"], $"kube-controller-manager/v1.32.1 (linux/amd64) kubernetes/e9c9be4/system:serviceaccount:kube-system:{name}", "10.0.9.4", 50_000 + number, "");

    public static Agent ServiceAccount(string ns, string name, string program, string pod, string node, int number) => new($"system:serviceaccount:{ns}:{name}", ["system:serviceaccounts", $"system:serviceaccounts:{ns}", "system:authenticated"], $"{program} (linux/amd64) kubernetes/$Format", $"10.{number % 200}.{number / 200 % 250}.7", 30_000 + number % 20_000, "") { Pod = pod, Node = node };

    public static Agent Person(string name, int number) => new(name, ["developers", "system:authenticated"], "kubectl/v1.32.0 (linux/amd64) kubernetes/70d3cc9", $"192.168.{number}.20", 60_000 + number, "");
}
