using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Acting;
using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Normalize;

namespace KubeLens.Gateway.Kubelets;

/// <summary>
/// Whether a caller may do at a kubelet what the gateway's own credential would be used for. A kubelet takes no
/// <c>Impersonate-*</c>: it would see the gateway, which may do all, so that the gateway asks the cluster before, as the kubelet does:
/// may the caller <c>get nodes/metrics</c> of this node? Answers are kept for a few seconds.
/// </summary>
internal sealed class KubeletAccess(string node, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    public const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly BoundedCache<string, bool> _answers = new(Capacity);

    /// <param name="reviews">Of the node's cluster.</param>
    /// <param name="caller">Null to ask for the gateway itself, whose power every caller has (<c>credential</c>).</param>
    /// <returns>A sentence for the caller; null when it may.</returns>
    /// <exception cref="ReviewException">The cluster did not say.</exception>
    public async ValueTask<string?> RefusalAsync(AccessReviewer reviews, string cluster, Caller? caller, KubeletAttributes what, CancellationToken cancellationToken)
    {
        if (what.Verb.Length == 0)
        {
            return "a kubelet knows no verb for this method";
        }

        if (await MayAsync(reviews, cluster, caller, what.Verb, what.Subresource, cancellationToken)
            || (what.Fallback.Length > 0 && await MayAsync(reviews, cluster, caller, what.Verb, what.Fallback, cancellationToken)))
        {
            return null;
        }

        var right = what.Fallback.Length > 0 ? $"nodes/{what.Subresource} (or nodes/{what.Fallback})" : $"nodes/{what.Subresource}";
        return $"{(caller is null ? "the gateway's user" : $"\"{caller.Name}\"")} may not {what.Verb} {right} of node \"{node}\", says cluster \"{cluster}\"";
    }

    private async ValueTask<bool> MayAsync(AccessReviewer reviews, string cluster, Caller? caller, string verb, string subresource, CancellationToken cancellationToken)
    {
        var key = Key(cluster, caller, verb, subresource);
        lock (_lock)
        {
            if (_answers.TryGet(key, clock.GetUtcNow(), out var known))
            {
                return known;
            }
        }

        var may = await reviews.MayAsync(caller, verb, new ResourceAttributes("", "nodes", subresource, "", node), cancellationToken);
        lock (_lock)
        {
            _answers.Set(key, may, clock.GetUtcNow() + Kept);
        }

        return may;
    }

    // Line breaks are in no user's name: Caller.Problem refuses them.
    private static string Key(string cluster, Caller? caller, string verb, string subresource) => string.Join('\n', [
        cluster, verb, subresource, caller?.Name ?? "", caller?.Uid ?? "", $"{caller?.Groups.Count}", .. caller?.Groups ?? [],
        .. caller?.Extra.SelectMany(extra => extra.Value.Prepend($"={extra.Key}")) ?? []]);
}
