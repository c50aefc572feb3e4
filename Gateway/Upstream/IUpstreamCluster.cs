namespace KubeLens.Gateway.Upstream;

/// <summary>A kube-apiserver that calls are forwarded to, with the credential that the gateway holds for it.</summary>
internal interface IUpstreamCluster
{
    /// <summary>The cluster's name in records: the kubeconfig's cluster entry.</summary>
    string Name { get; }

    /// <summary>Scheme, host, port and optional path prefix, without a trailing slash.</summary>
    Uri Address { get; }

    /// <summary>
    /// Sends over HTTP/2 or HTTP/1.1 as the request's version asks; never follows redirects, never decompresses, keeps no
    /// cookies. For requests that <see cref="AuthorizeAsync"/> saw. A request with a repeated <c>Impersonate-Group</c> goes over
    /// HTTP/1.1 whatever it asks. A 401 makes the next call fetch its credential anew, where it can be fetched.
    /// </summary>
    HttpMessageInvoker Invoker { get; }

    /// <summary>
    /// Puts the cluster's credential on the request (replacing any <c>Authorization</c>) and says whom the apiserver will see.
    /// Completes synchronously while a cached credential is valid.
    /// </summary>
    /// <exception cref="CredentialException">The credential cannot be had (exec plugin failed, token file missing); the message is fit for a user.</exception>
    ValueTask<UpstreamIdentity> AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
