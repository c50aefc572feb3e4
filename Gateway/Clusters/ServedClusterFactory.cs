using KubeLens.Gateway.Capture;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Acting;
using KubeLens.Gateway.Identity.Modes;
using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Proxy;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Clusters;

/// <summary>Puts a cluster together from its settings and its kubeconfig.</summary>
internal sealed class ServedClusterFactory(CredentialSources credentials, IOptions<IdentityOptions> identity, IOptions<EndpointOptions> endpoint, IOptions<CaptureOptions> capture, TimeProvider clock)
{
    /// <exception cref="ConfigurationException">Something that the cluster needs is missing; the message is fit for the console.</exception>
    public ServedCluster Create(ClusterPlan plan, KubeconfigContext context)
    {
        var (mode, key) = (plan.Options.Mode, $"{plan.Key}:{nameof(ClusterOptions.Identity)}");
        var upstream = new UpstreamCluster(context, credentials.For(context, plan.Options.ExecTimeout), clock);
        var calls = CallIdentities.Create(key, mode, upstream, context, identity.Value.FrontProxy);
        var invoker = new HttpMessageInvoker(new EarlyAnswerHandler(calls.Invoker, clock));
        var reviews = new ReviewClient(upstream, clock);
        var access = new AccessReviewer(reviews);
        List<IDisposable> owned = [invoker, upstream];
        if (calls is IDisposable connections)
        {
            owned.Insert(1, connections);
        }

        return new ServedCluster(owned)
        {
            Name = plan.Name.Length > 0 ? plan.Name : context.Cluster.Name,
            Plan = plan,
            Stamp = ClusterStamp.Of(plan, context),
            Context = context,
            Upstream = upstream,
            Invoker = invoker,
            Identity = calls,
            Callers = new CallerAuthenticator(mode, TokenCaches.For(mode, identity.Value, new TokenReviewer(reviews), clock), clock),
            Accepted = new AcceptedCredentials(key, mode, identity.Value, endpoint.Value),
            Impersonation = new ImpersonationPolicy(ImpersonationRules.Of(mode, identity.Value.NestedImpersonation, context), identity.Value.StripHeaders),
            Nested = new NestedActing(access),
            Reviews = access,
            RequestBodyBytes = plan.Options.RequestBodyBytes ?? capture.Value.RequestBodyBytes,
            ResponseBodyBytes = plan.Options.ResponseBodyBytes ?? capture.Value.ResponseBodyBytes,
            RecordingBytes = plan.Options.RecordingBytes ?? capture.Value.RecordingBytes,
        };
    }
}
