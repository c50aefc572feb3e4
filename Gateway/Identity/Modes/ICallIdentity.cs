using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Identity.Modes;

/// <summary>Says to a cluster whose a call is: its <see cref="IdentityMode"/> at work. One for each cluster.</summary>
internal interface ICallIdentity
{
    /// <summary>Sends as <see cref="IUpstreamCluster.Invoker"/> does, over connections that fit the mode.</summary>
    HttpMessageInvoker Invoker { get; }

    /// <summary>
    /// Puts on the request what the mode wants, in place of what the client sent, and says whom the apiserver will see. What the client
    /// may not say has been taken off before. Completes synchronously while nothing is to ask.
    /// </summary>
    /// <exception cref="CredentialException">The gateway's credential cannot be had.</exception>
    ValueTask<UpstreamIdentity> ApplyAsync(HttpRequestMessage request, HttpContext context, CancellationToken cancellationToken);
}
