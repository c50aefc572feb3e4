using System.Buffers;
using System.Text.Json;
using KubeLens.Gateway.Identity.Tokens;

namespace KubeLens.Gateway.Identity.Workloads;

/// <summary>
/// Finds the pod and the node in a service account's token:
/// <code>
/// TokenReview  "extra":{"authentication.kubernetes.io/pod-name":["ci-0"],"…/pod-uid":["…"],"…/node-name":["worker-1"]}   node from 1.29
/// claims       "kubernetes.io":{"namespace":"prod","pod":{"name":"ci-0","uid":"…"},"node":{"name":"worker-1"}}          node from 1.29
/// </code>
/// <see href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens"/>
/// </summary>
internal static class WorkloadReader
{
    private const string PodName = "authentication.kubernetes.io/pod-name";
    private const string PodUid = "authentication.kubernetes.io/pod-uid";
    private const string NodeName = "authentication.kubernetes.io/node-name";
    private const string Claim = "kubernetes.io";
    private const string NodeUser = "system:node:";
    private const string NodesGroup = "system:nodes";
    private const int Longest = 253; // of a name in Kubernetes

    private static readonly SearchValues<char> Name = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Of a token that the cluster has accepted: what the cluster says of it, else what it says itself.</summary>
    public static Workload OfReview(string user, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> extra, string token)
    {
        var claimed = OfClaims(user, token);
        var (pod, uid, node) = (First(extra, PodName), First(extra, PodUid), First(extra, NodeName));
        return claimed == Workload.None && pod.Length == 0 && node.Length == 0
            ? Workload.None
            : new Workload(NamespaceOf(user), Or(pod, claimed.Pod), Or(uid, claimed.Uid), Or(node, claimed.Node));
    }

    /// <summary>Of a token as it stands: its reader knows whether it was verified.</summary>
    public static Workload OfClaims(string user, string token)
    {
        if (NamespaceOf(user) is not { Length: > 0 } ns)
        {
            return Workload.None;
        }

        using var claims = TokenClaims.Parse(token);
        if (claims is null || !claims.RootElement.TryGetProperty(Claim, out var cluster) || cluster.ValueKind != JsonValueKind.Object)
        {
            return Workload.None;
        }

        var (pod, node) = (Text(cluster, "pod", "name"), Text(cluster, "node", "name"));
        return pod.Length == 0 && node.Length == 0 ? Workload.None : new Workload(ns, pod, Text(cluster, "pod", "uid"), node);
    }

    /// <summary>Of a user that is a node itself: a kubelet.</summary>
    public static Workload OfNode(string user, IEnumerable<string> groups) =>
        user.StartsWith(NodeUser, StringComparison.Ordinal) && groups.Contains(NodesGroup) && NameIn(user[NodeUser.Length..]) is { Length: > 0 } node
            ? new Workload("", "", "", node)
            : Workload.None;

    private static string NamespaceOf(string user) =>
        user.Split(':') is ["system", "serviceaccount", var ns, { Length: > 0 }] ? NameIn(ns) : "";

    private static string First(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> extra, string key)
    {
        foreach (var (name, values) in extra)
        {
            if (name == key && values is [var first, ..])
            {
                return NameIn(first);
            }
        }

        return "";
    }

    private static string Text(JsonElement cluster, string what, string field)
    {
        try
        {
            return cluster.TryGetProperty(what, out var part) && part.ValueKind == JsonValueKind.Object
                && part.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? NameIn(value.GetString()!) : "";
        }
        catch (InvalidOperationException)
        {
            return ""; // half a surrogate pair
        }
    }

    // What no object can be called is nobody's name; and it goes into a path.
    private static string NameIn(string text) => text.Length is > 0 and <= Longest && !text.AsSpan().ContainsAnyExcept(Name) && text is not ("." or "..") ? text : "";

    private static string Or(string first, string second) => first.Length > 0 ? first : second;
}
