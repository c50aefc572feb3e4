using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>The cluster of a kubeconfig's context.</summary>
internal sealed class UpstreamCluster : IUpstreamCluster, IDisposable
{
    private readonly ICredentialSource _source;
    private readonly ImpersonationHeaders? _impersonation;

    public UpstreamCluster(KubeconfigContext context, ICredentialSource source, TimeProvider clock)
    {
        _source = source;
        _impersonation = context.User.Impersonation is { } impersonation ? new ImpersonationHeaders(impersonation) : null;
        Name = context.Cluster.Name;
        Address = context.Cluster.Server;
        Invoker = new HttpMessageInvoker(source.CertificateRotates
            ? new CredentialHandler(source, certificate => UpstreamTransport.Create(context.Cluster, certificate), clock)
            : UpstreamTransport.Create(context.Cluster, context.User.Certificate));
    }

    public string Name { get; }
    public Uri Address { get; }
    public HttpMessageInvoker Invoker { get; }

    public ValueTask<UpstreamIdentity> AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = _source.GetAsync(cancellationToken);
        return credential.IsCompletedSuccessfully ? new(Apply(request, credential.Result)) : AuthorizeAsync(request, credential);
    }

    public void Dispose() => Invoker.Dispose();

    private async ValueTask<UpstreamIdentity> AuthorizeAsync(HttpRequestMessage request, ValueTask<UpstreamCredential> credential) => Apply(request, await credential);

    private UpstreamIdentity Apply(HttpRequestMessage request, UpstreamCredential credential)
    {
        request.Headers.Remove("Authorization");
        if (credential.Authorization is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (_source.CertificateRotates)
        {
            request.Options.Set(CredentialHandler.Key, credential);
        }

        if (_impersonation is null)
        {
            return credential.Identity;
        }

        _impersonation.Apply(request);
        return _impersonation.Identity;
    }
}
