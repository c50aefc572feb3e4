using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity.Acting;
using KubeLens.Gateway.Identity.Modes;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Proxy;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Kubelets;

/// <summary>A kubelet with its connections: those with the gateway's credential, and those for callers with a token of their own.</summary>
internal sealed class Kubelet : IDisposable
{
    private readonly KubeconfigContext _context;
    private readonly UpstreamCluster _upstream;
    private readonly PassthroughIdentity _passthrough;
    private readonly HttpMessageInvoker _ownCredential;
    private readonly HttpMessageInvoker _callersToken;
    private readonly KubeletAccess _access;
    private readonly ImpersonationPolicy _impersonation;

    public Kubelet(KubeletPlan plan, KubeconfigContext context, ICredentialSource credential, IEnumerable<string> stripHeaders, TimeProvider clock)
    {
        (Plan, _context) = (plan, context);
        _upstream = new UpstreamCluster(context, credential, clock);
        _passthrough = new PassthroughIdentity(context.Cluster);
        _ownCredential = new HttpMessageInvoker(new EarlyAnswerHandler(_upstream.Invoker, clock));
        _callersToken = new HttpMessageInvoker(new EarlyAnswerHandler(_passthrough.Invoker, clock));
        _access = new KubeletAccess(plan.Node, clock);
        _impersonation = new ImpersonationPolicy(ImpersonationRule.RefuseBecauseOfKubelet, stripHeaders);
    }

    public KubeletPlan Plan { get; }

    /// <summary>For one call, in a cluster that was entered for it: left together with what this gives.</summary>
    public ServedCluster Of(ServedCluster cluster)
    {
        var passes = cluster.Mode == IdentityMode.Passthrough;
        return new ServedCluster([new Entered(cluster)])
        {
            Name = cluster.Name,
            Plan = cluster.Plan,
            Stamp = cluster.Stamp,
            Context = _context,
            Upstream = _upstream,
            Invoker = passes ? _callersToken : _ownCredential,
            Identity = passes ? _passthrough : new KubeletIdentity(_upstream, cluster.Upstream, cluster.Mode),
            Callers = cluster.Callers,
            Accepted = cluster.Accepted,
            Impersonation = _impersonation,
            Nested = cluster.Nested,
            Reviews = cluster.Reviews,
            RequestBodyBytes = cluster.RequestBodyBytes,
            ResponseBodyBytes = cluster.ResponseBodyBytes,
            RecordingBytes = cluster.RecordingBytes,
            Parse = (method, target) => KubeletRequest.Parse(Plan.Node, method, target),
            Kubelet = new KubeletGate(passes ? null : _access),
        };
    }

    public void Dispose()
    {
        _callersToken.Dispose();
        _ownCredential.Dispose();
        _passthrough.Dispose();
        _upstream.Dispose();
    }

    private sealed class Entered(ServedCluster cluster) : IDisposable
    {
        public void Dispose() => cluster.Leave();
    }
}
