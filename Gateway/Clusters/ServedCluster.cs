using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Acting;
using KubeLens.Gateway.Identity.Modes;
using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Kubelets;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Clusters;

/// <summary>
/// All that is one cluster's own: its connections and credential, who may call and as whom, what is kept. It lasts as long as
/// the configuration has it, and then until its last call has ended: a reload cuts nobody off.
/// </summary>
internal sealed class ServedCluster(IReadOnlyList<IDisposable> owned)
{
    // One for the configuration, one for each call.
    private int _uses = 1;

    /// <summary>In records.</summary>
    public required string Name { get; init; }

    public required ClusterPlan Plan { get; init; }

    /// <summary>Same for the same settings, kubeconfig and credentials.</summary>
    public required string Stamp { get; init; }

    public required KubeconfigContext Context { get; init; }
    public required IUpstreamCluster Upstream { get; init; }

    /// <summary>Sends calls on.</summary>
    public required HttpMessageInvoker Invoker { get; init; }

    public required ICallIdentity Identity { get; init; }
    public required CallerAuthenticator Callers { get; init; }
    public required AcceptedCredentials Accepted { get; init; }
    public required ImpersonationPolicy Impersonation { get; init; }
    public required NestedActing Nested { get; init; }

    /// <summary>Asks the cluster what somebody may do.</summary>
    public required AccessReviewer Reviews { get; init; }

    public required int RequestBodyBytes { get; init; }
    public required int ResponseBodyBytes { get; init; }
    public required int RecordingBytes { get; init; }

    public IdentityMode Mode => Plan.Options.Mode;

    /// <summary>Where calls go to a kubelet of the cluster instead of its apiserver.</summary>
    public KubeletGate? Kubelet { get; init; }

    /// <summary>What a method and a target mean here.</summary>
    public Func<string, string, RequestInfo> Parse { get; init; } = RequestInfoParser.Parse;

    /// <summary>Keeps it for a call, to be followed by <see cref="Leave"/>; false once it is gone.</summary>
    public bool TryEnter()
    {
        for (var uses = Volatile.Read(ref _uses); uses > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses)
            {
                return true;
            }

            uses = seen;
        }

        return false;
    }

    /// <summary>Of a call that has ended, and of the configuration that has it no more.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _uses) == 0)
        {
            foreach (var one in owned)
            {
                one.Dispose();
            }
        }
    }
}
